"""Ways to embed: one file for each."""
