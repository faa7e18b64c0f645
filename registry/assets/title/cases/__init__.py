"""Cases of title: opened for many assets at once, each of them decided, submitted, agreed, carried out."""
