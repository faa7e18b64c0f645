"""Carrying a disposal out, recording a sudden loss, and disposals of before go-live."""
