"""A calendar of the test's own: everybody's today is the day it says, and moves on when the test says so."""

from datetime import UTC, date, datetime, time, timedelta

import pytest

from registry import clock


class Calendar:
    """The day on which a story is; moments in the trail stay those of the machine."""

    def __init__(self, patch: pytest.MonkeyPatch, first: date) -> None:
        self.today = first
        # Noon in China: no story is on one day here and on another there.
        patch.setattr(clock, "now", lambda: datetime.combine(self.today, time(4), UTC))

    def wait(self, days: int) -> date:
        """Let so many days pass; returns the new day."""
        return self.turn_to(self.today + timedelta(days=days))

    def turn_to(self, day: date) -> date:
        """Let the days pass up to this one."""
        assert day >= self.today, "no story goes back in time"
        self.today = day
        return day
