"""定期报表: the months of every county, closed by the system, kept for ever; every longer period is a sum of them."""
