"""Custody: who looks after an asset and on which terms, patrols, faults and their repair."""
