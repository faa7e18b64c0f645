"""WHO HAS AGREED: requests and their steps, and what steps wait for: meetings and notices."""
