"""Who is close to whom, who is trusted, who belongs together, and whom one could follow."""
