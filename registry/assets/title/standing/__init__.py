"""Where one asset stands: its position, its owners over time, certificates, encumbrances and lineage on one page."""
