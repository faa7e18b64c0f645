"""Vouchers made by hand: a deed is chosen, another person checks, then it is posted."""
