"""WHOSE IT IS: title confirmed by a case, certificates, hand-over, encumbrances, and where each asset stands on that way."""
