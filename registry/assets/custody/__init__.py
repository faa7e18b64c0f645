"""Who looks after what: agreements, public posts, patrols, faults and their repair (Chapter 11, section 2)."""
