"""Equity: what a collective or named persons hold in a company or cooperative, and what it pays."""
