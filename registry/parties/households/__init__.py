"""Households and the persons in them: who lives together, who holds shares, who inherits; sealed personal data."""
