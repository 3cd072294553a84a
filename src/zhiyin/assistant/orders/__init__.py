"""Shoppers' own orders, wherever the shop keeps them."""
