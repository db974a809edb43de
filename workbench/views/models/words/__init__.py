"""What do the screens call what others name?  The contract's tables and columns, a job's stages, parts of Streamlit."""
