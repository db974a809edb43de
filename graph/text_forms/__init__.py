"""When are two texts one?  The forms in which names and values are compared, by detections and by the search alike."""
