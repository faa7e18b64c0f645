"""Everything of custody on one page: of my care or my units, and of one asset."""
