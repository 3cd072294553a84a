"""The front door: reading, checking and storing what a shop has."""
