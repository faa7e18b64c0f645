"""Vouchers made by hand that may name a contract: the books below know none."""
