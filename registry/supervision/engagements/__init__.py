"""Agencies and experts called in: contract, scope, fee, report, and the findings it led to."""
