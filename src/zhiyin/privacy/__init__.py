"""What keeps people apart from what is learned from them: masks for sums, noise, and its accountant."""
