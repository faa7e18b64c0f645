"""A case of disposal: its lines, its papers, its request and what became of it."""
