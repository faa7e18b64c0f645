"""The seven tables of a period: read from closed months or counted live, shown, printed, given out as JSON."""
