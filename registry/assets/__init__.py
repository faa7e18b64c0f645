"""WHAT THE PUBLIC OWNS: the register of assets, their title and their custody."""
