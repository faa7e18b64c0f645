"""What the console does with warnings."""

from datetime import date

from registry.errors import Invalid
from registry.regions import Level, ancestor, is_code
from registry.supervision.warnings.evaluating import Area, Tally, evaluate_area, evaluate_everything
from registry.text import N_


class NotAUnit(Invalid):
    """The unit named is none."""

    message = N_("“%(code)s”不是 12 位区划代码。")


def evaluate(region: str | None, on: date) -> Tally:
    """Ask everything anew, of one county if it is named. Raises NotAUnit."""
    if region is None:
        return evaluate_everything(on)
    if not is_code(region):
        raise NotAUnit(code=region)
    return evaluate_area(Area(ancestor(region, Level.COUNTY)), on)
