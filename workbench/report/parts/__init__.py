"""What does a report consist of?  Its sections, each made of blocks that every format can write."""
