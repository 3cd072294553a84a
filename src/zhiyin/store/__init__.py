"""What must not be lost: entities, events, ties, texts, facts, state and published snapshots."""
