"""WHO HOLDS IT: collectives, departments, enterprises and households, with personal data sealed."""
