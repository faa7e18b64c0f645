"""What every JSON resource shares: who calls, keys that work once, versions, pages, problems, the description."""
