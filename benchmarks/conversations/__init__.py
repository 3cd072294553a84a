"""Scripted conversations with service on the sample shop, and questions that nobody can answer."""
