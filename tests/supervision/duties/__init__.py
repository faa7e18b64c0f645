"""Tests of the duty list."""
