"""Problems that somebody found, how they were mended, and who checked them off."""
