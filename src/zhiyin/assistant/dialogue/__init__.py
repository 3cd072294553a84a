"""A conversation: where it stands, what is meant, and what is done next."""
