"""看板: what stands, what is wrong, where, and whose move it is, for a unit and the units right below it."""
