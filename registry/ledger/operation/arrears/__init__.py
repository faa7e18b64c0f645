"""What is overdue, how far it was demanded, and how it is written off."""
