"""Where candidates come from, and which of them may be shown: one file a part."""
