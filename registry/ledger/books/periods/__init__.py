"""Months are closed in order and opened again only by two persons of two levels."""
