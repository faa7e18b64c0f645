"""What waits, feature by feature: each file turns one feature's questions into tasks of the inbox."""
