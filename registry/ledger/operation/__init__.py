"""How an asset earns: contracts, what is due, what was received, equity."""
