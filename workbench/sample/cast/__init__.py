"""Who plays a part on a synthetic platform?  Those who prey on others, and the harmless who look like them."""
