"""JSON resources that need what a feature knows of its own cases."""
