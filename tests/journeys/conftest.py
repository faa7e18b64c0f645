"""What stories share: the day on which they begin."""

import pytest

from tests.factories import TODAY
from tests.journeys.days import Calendar


@pytest.fixture
def calendar(monkeypatch: pytest.MonkeyPatch) -> Calendar:
    """A calendar that stands at the day on which the people and assets of tests are."""
    return Calendar(monkeypatch, TODAY)
