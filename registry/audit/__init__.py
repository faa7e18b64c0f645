"""WHO DID WHAT: one tamper-evident log per county, signed checkpoints, and the verifier that needs nothing else."""
