"""What is looked at from above and beside: the yearly count."""
