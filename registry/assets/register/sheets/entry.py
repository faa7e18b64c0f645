"""A row on its way to the card: what it says, what is known already, and the problems and notices it collects. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry.assets.register.reading.problems import CellProblem, Message, Notice, Problem, ProblemKind
from registry.assets.register.registration import Registration
from registry.assets.register.sheets.fields import label_of
from registry.assets.register.sheets.headings import Column
from registry.assets.register.sheets.records import AssetRow


@dataclass(frozen=True)
class Units:
    """Short names of units, for naming the owner that a person chose for rows without one."""

    names: Mapping[str, str] = field(default_factory=dict)
    #: Whether a person chose that an owner without a name is the row's own collective, township or household.
    owner_of_unit: bool = False


@dataclass(slots=True)
class Entry:
    """A row on its way to the card."""

    row: int
    values: AssetRow
    columns: Mapping[str, Column]
    on: date
    units: Units
    base: Registration | None = None
    #: What kinds of problems the reading found already; what hangs on them is not judged a second time.
    unread: frozenset[ProblemKind] = frozenset()
    problems: list[CellProblem] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def refuse(self, key: str, value: object, problem: Problem) -> None:
        """Add a problem under the column of a field."""
        column = self.columns.get(key)
        heading, index = (column.text, column.index) if column else (label_of(key), None)
        shown = "" if value is None else str(value)
        self.problems.append(CellProblem(self.row, heading, shown, problem.kind, problem.text, problem.remedy, index))

    def tell(self, key: str, text: Message) -> None:
        """Add a notice under the column of a field."""
        column = self.columns.get(key)
        self.notices.append(Notice(self.row, column.text if column else label_of(key), text))
