"""What the screens show, as plain values: no Streamlit here, so that each can be tested by itself."""
