"""From cells to values: times, prices, types of events, objects."""
