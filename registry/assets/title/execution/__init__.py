"""What follows agreement: certificates, entries in other registers, the signed sheet of a hand-over."""
