"""How an asset ever leaves: the case, gates, value, four levels of approval, execution, the money and its re-use."""
