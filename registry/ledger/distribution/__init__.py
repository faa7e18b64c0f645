"""Who gets what it earned: rolls of beneficiaries, the plan of a year, payout."""
