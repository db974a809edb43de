"""Detections: pure functions from evidence to findings."""
