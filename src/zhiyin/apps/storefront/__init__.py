"""Pages of a shopper, for shops to learn from."""
