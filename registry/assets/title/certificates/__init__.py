"""Certificates of title: their numbers, and what the land register adds."""
