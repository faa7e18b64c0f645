"""The yearly count (清查盘点): lists frozen, counted by several, confirmed by another, differences led elsewhere."""
