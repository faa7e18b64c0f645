"""Vouchers handed to the accounting platform, and the numbers that come back."""
