"""Who people are and what items are, from all that is known of them."""
