"""WHAT PROVES IT: photos, minutes, certificates and contracts, kept by digest and never deleted."""
