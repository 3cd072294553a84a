"""What a shopper's message asks for: intents learned from examples, and the numbers, days and goods it names."""
