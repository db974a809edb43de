"""What do the screens say of leads?  Their list, one with its reasons and replay, what a run changed or is set to."""
