"""Contracts and operating plans: drafted, decided before they are signed, run, renewed, ended."""
