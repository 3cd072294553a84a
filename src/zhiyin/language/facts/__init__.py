"""Facts read from free text, each with the words that say it."""
