"""Projects and their money: what each formed, what it did not, and why."""
