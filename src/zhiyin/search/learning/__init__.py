"""What a training leaves for search: an index, and an order of hits that the shop's own data teach."""
