"""Polarity and emotion of texts: counted n-grams, cues of praise and blame, and vectors where there are some."""
