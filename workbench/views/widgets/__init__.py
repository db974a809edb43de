"""Which parts do several screens share?  A picker, an export, notes, the search, the job board, the canvas."""
