"""Every print has a serial; a serial always gives the same bytes."""
