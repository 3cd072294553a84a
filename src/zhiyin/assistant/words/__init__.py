"""What service says, and what it must not say."""
