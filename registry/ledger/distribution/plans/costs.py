"""Costs that stand in the books already: they come off the pool once, and cannot be planned again."""
