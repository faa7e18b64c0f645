"""WHO ARE THEY: people, their dated grants, and their sessions. No shared account, no default administrator."""
