"""Rolls of beneficiaries: which class a household holds from when to when, changes by request, the yearly review."""
