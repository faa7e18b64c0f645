"""Cases as the request pages show them, feature by feature."""
