"""What the console does with months."""

from datetime import date

from registry.errors import Invalid
from registry.regions import Level, ancestor, is_code
from registry.supervision.periods.closing import close_due
from registry.supervision.periods.queries import list_due
from registry.text import N_


class NotAUnit(Invalid):
    """The unit named is none."""

    message = N_("“%(code)s”不是 12 位区划代码。")


def close(region: str | None, on: date) -> int:
    """Close the months that are due, of one county if it is named; returns how many. Raises NotAUnit."""
    if region is None:
        return sum(close_due(code, on) for code in list_due(on))
    if not is_code(region):
        raise NotAUnit(code=region)
    return close_due(ancestor(region, Level.COUNTY), on)
