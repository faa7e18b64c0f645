"""The subsidiary books of project assets of each owning collective, and the memorandum ledger of public owners."""
