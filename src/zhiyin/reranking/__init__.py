"""How good the list is, together."""
