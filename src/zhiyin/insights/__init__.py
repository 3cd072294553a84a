"""How a shop does, counted from what was shown, done and said."""
