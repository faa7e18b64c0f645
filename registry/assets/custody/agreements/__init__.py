"""Custody agreements: offered, accepted by the custodian or declined, handed back, ended."""
