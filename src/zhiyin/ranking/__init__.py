"""How good each candidate is, alone, and why."""
