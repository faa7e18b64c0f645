"""Samples that anybody can draw again from the seed: population, draw, worksheet, results."""
