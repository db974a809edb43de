"""The screen of the case itself: what it is, who works on it, what was judged, and its report."""
