"""Finding assets: the list, its filters and totals, the page of one asset, labels."""
