"""What do runs of the detections take, leave and change?  Parameters, word lists, findings, one run and the next."""
