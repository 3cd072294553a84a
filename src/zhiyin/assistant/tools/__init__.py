"""What service can look up and do, each behind a typed door."""
