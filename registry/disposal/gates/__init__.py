"""The gates of a case: pure questions, the facts they ask about, and every answer kept."""
