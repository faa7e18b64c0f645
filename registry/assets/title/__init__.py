"""Whose it is: title confirmed by a case, certificates, hand-over, encumbrances, and where each asset stands."""
