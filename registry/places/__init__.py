"""WHERE: the divisions of the municipality, with dated names; renamed, merged and abolished units stay readable."""
