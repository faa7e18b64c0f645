"""What a villager sees without signing in: one unit's notices, results, assets, income, custody, answers, hotlines."""
