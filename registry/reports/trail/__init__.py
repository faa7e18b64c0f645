"""Papers made from the trail itself: who edited what, who leaves office, who saw personal data, how things stood."""
