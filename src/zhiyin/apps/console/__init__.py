"""Pages of whoever runs a shop, one question a page."""
