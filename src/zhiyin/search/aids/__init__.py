"""What a search page shows beside its hits."""
