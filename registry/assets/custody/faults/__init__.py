"""Faults found on patrol: graded, repaired within their days, accepted by another person."""
