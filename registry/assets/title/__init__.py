"""Title: confirmation, certificate and hand-over; owners change here and through the register's own services."""
