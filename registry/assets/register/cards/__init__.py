"""Entering and confirming a card: drafts, numbers, owners, value and its money."""
