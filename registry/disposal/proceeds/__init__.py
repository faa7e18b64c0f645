"""Earmarked money of disposals and its re-use."""
