"""Language models that complete text: in this process, or behind an endpoint; with grammars, limits and checks."""
