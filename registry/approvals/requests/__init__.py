"""Requests: the steps a case goes through, who may act on each, and who has."""
