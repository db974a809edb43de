"""How does long work run beside everything else?  How far it is, in a thread, one holder of a lock, at low priority."""
