"""The card of an asset: what it is, what it cost, who paid, who owns it, and how each of these came to change."""
