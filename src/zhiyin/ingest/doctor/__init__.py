"""The data doctor: looks at what a shop has stored and says what is not as it should be, and what to do."""
