"""Warnings (风险预警): what is computed to be wrong, and why; what a level above hands to a unit to mend."""
