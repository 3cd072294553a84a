"""What a ranker knows of a candidate, one family a file; see `family`."""
