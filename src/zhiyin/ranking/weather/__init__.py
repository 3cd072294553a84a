"""The weather where a request does not tell it: a provider a file, and what asks them."""
