"""What is in a source, how is it mapped, and where does it lie until it is read?"""
