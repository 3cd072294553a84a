"""How good a ranking is: metrics, full ranking, intervals and honest splits, on plain arrays."""
