"""Policy: what is required, where, from when."""
