"""Who holds an asset, how far its title is, what it came of: changed by cases of title, never by a form of the card."""
