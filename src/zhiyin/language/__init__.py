"""Text → tokens, vectors, sentiment, aspects and opinions, facts; with models or without any."""
