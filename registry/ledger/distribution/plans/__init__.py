"""The plan of a year: what there is to hand out, the order of law, the uses, and each household's line."""
