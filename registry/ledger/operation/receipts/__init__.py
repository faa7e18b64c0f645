"""What was received: entered, checked by another person, posted, and corrected."""
