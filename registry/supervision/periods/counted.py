"""What the questions of a month share: the area they are asked of, and what each answers."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement

from registry.policy.rules import Policy
from registry.regions import CodeRange
from registry.supervision.periods.tables import key_of


@dataclass(frozen=True)
class Area:
    """Units that are counted together, with what is required of them."""

    code: str
    codes: CodeRange
    policy: Policy

    def holds(self, column: Any) -> ColumnElement[bool]:
        """Say which rows belong to units of the area."""
        held: ColumnElement[bool] = column.between(*self.codes)
        return held


class Count(NamedTuple):
    """One figure of one unit and sector."""

    region_code: str
    sector: str
    key: str
    value: int


def counts(block: str, columns: Sequence[str], rows: Iterable[Any]) -> Iterator[Count]:
    """Make figures of rows of unit, sector, row of the block and one number for each of the columns."""
    for region_code, sector, row, *values in rows:
        for column, value in zip(columns, values, strict=True):
            if value:
                yield Count(region_code, sector or "", key_of(block, column, row), int(value))
