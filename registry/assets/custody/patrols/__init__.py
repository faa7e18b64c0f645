"""Patrols: one asset or a whole round, checks from above, visits to households; what is due when."""
