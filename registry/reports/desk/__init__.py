"""The auditor's desk: verifying, comparing, taking evidence out, and papers of who did what."""
