"""Meetings: who decides what under both regimes, by which quorum and majority, and what was resolved."""
