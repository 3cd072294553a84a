"""A report of an evaluation as one HTML file: a sentence, pictures, tables."""
