"""WHAT THE BOOKS SAY: the books of each owner, what was agreed, due and received, and who gets it."""
