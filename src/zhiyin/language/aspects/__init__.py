"""What texts say of which side of a thing, and whether they praise or blame it."""
