"""The demo county: 石柱土家族自治县 with three townships and twelve villages, invented assets under real place names.

What is said stands in the tables beside this file (``*.csv``); the modules only read them and let the people of the
county do their deeds through the services that everybody uses.
"""
