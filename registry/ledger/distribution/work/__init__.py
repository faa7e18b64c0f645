"""Work for the village that is paid out of income: who, on what, how many days, verified before it is paid."""
