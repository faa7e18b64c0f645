"""What a month has earned and not yet received is confirmed before the month is closed."""
