"""The yearly evaluation of assets: frozen figures, points by a table, two persons, a notice, and what follows of it."""
