"""Payout under two persons: orders, what the bank said of each line, receipts verified by sample."""
