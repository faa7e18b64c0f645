"""What is due, by when, from whom, and whose it is; a due outlives the contract it came of."""
