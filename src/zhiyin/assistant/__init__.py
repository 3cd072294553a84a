"""Customer service that knows the shop, the order and the person."""
