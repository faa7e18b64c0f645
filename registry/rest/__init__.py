"""What every JSON resource shares: who calls, what they may, keys that work once, versions, pages, problems, the spec."""
