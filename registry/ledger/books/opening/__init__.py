"""How a book begins, and how it follows the cards: opening balances, assets taken on, changed and gone."""
