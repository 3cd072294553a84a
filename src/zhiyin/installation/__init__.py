"""Whether what is installed, set and stored here is sound; nothing is changed by looking."""
