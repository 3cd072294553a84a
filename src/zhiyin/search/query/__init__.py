"""What a query says: read by rules and the catalogue's own words."""
