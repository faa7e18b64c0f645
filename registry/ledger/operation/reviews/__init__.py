"""How operating assets do: the four groups (四个一批) with their yearly review, and the yearly result of a contract."""
