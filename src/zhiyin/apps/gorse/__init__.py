"""The routes of Gorse, the recommender, over a shop: its clients need nothing changed but the address."""
