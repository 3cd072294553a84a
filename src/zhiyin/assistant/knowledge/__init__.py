"""What service answers from: documents and the catalogue, each with a receipt."""
