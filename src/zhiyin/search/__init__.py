"""From what a shopper types to the right shelf: understanding, retrieval, constraints, and what stands around them."""
