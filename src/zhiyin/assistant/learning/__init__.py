"""What service learns from the conversations that people had."""
