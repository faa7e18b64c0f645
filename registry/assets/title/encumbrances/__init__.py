"""What weighs on an asset: pledge, seizure, caveat, dispute, unclear title; dated entries that later gates read."""
