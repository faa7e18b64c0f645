"""MY DAY: home, what waits for me, the shell around every page and how the product says no."""
