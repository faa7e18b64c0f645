"""A village's income of a period on one sheet."""
