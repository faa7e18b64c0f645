"""Where the numbers of a board lead: for each the address of the list that shows exactly its rows."""

from dataclasses import dataclass, field
from typing import Any

from flask import url_for

from registry.assets.register.categories import HandedOver, TitleStatus, UseStatus
from registry.ledger.operation.dues.rules import DueState
from registry.reports.boards.alarms import LONG_AGO
from registry.reports.boards.figures import UnitLine
from registry.reports.boards.reach import View
from registry.reports.boards.rules import OURS, Alarm, month_text
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import LIGHTER, HandOffState, Severity

_YES = "1"
#: Stands in an address for a unit.
_ANY = "000000000000"


@dataclass(frozen=True)
class Links:
    """The lists behind the board of a view; each carries the sector that is looked at."""

    view: View
    #: Addresses made so far: a column's differ by the unit only.
    made: dict[tuple[object, ...], str] = field(default_factory=dict)

    def _address(self, endpoint: str, code: str, **wanted: Any) -> str:
        key = (endpoint, *wanted.items())
        if key not in self.made:
            self.made[key] = url_for(endpoint, region=_ANY, **wanted)
        return self.made[key].replace(_ANY, code)

    @property
    def _sector(self) -> str | None:
        return self.view.chosen.value if self.view.chosen else None

    def board(self, code: str) -> str:
        """Lead to the board of another unit, of the same year and sector."""
        year = self.view.year if self.view.year != self.view.on.year else None
        return self._address("boards.show", code, sector=self._sector, year=year)

    def assets(self, code: str, **wanted: Any) -> str:
        """Lead to standing assets."""
        return self._address("lookup.assets", code, sector=self._sector, **wanted)

    def title(self, code: str, *, confirmed: bool) -> str:
        """Lead to assets with title, or without."""
        status = TitleStatus.CONFIRMED if confirmed else TitleStatus.UNCONFIRMED
        return self.assets(code, title_status=status.value)

    def handed_over(self, code: str) -> str:
        """Lead to assets that were handed over."""
        return self.assets(code, handed_over=HandedOver.YES.value)

    def used(self, code: str, status: str) -> str:
        """Lead to assets that are used in one way, or not at all."""
        return self.assets(code, use_status=UseStatus(status).value)

    def income(self, code: str, first: int = 0, last: int = 0, kind: str | None = None) -> str:
        """Lead to posted income of some months, this year's so far unless others are named."""
        since, until = (first, last) if first else self.view.months
        months: dict[str, Any] = {"from": month_text(since), "until": month_text(until)}
        earned = None if kind else _YES
        return self._address("income_rows.index", code, sector=self._sector, kind=kind, earned=earned, **months)

    def income_before(self, code: str, kind: str | None = None) -> str:
        """Lead to posted income of the same months of the year before."""
        since, until = self.view.months_before
        return self.income(code, since, until, kind)

    def dues(self, code: str, first: int, last: int, state: DueState | None = None) -> str:
        """Lead to what fell due in some months; all of it unless a state is named."""
        months: dict[str, Any] = {"from": month_text(first), "until": month_text(last)}
        return self._address("dues.index", code, sector=self._sector, state=state.value if state else None, **months)

    def fallen_due(self, code: str) -> str:
        """Lead to what fell due in the months of the year that are over."""
        return self.dues(code, *self.view.fallen_due)

    def overdue(self, code: str) -> str:
        """Lead to what fell due in a month that is over and is open."""
        return self.dues(code, LONG_AGO, self.view.last_over, DueState.OPEN)

    def plans(self, code: str, use: str | None = None) -> str:
        """Lead to the plans of the year that were agreed to, those that spend on one use if it is named."""
        return self._address("distributions.index", code, year=self.view.year, agreed=_YES, use=use)

    def households(self, code: str) -> str:
        """Lead to the households to which the plans of the year give something."""
        return self._address("benefits.index", code, year=self.view.year)

    def cases(self, kind: str | None, status: str | None, *, of_year: bool = False) -> str:
        """Lead to disposals."""
        year = self.view.year if of_year else None
        return url_for(
            "disposals.index", region=self.view.region_code, kind=kind, status=status, year=year, sector=self._sector
        )  # fmt: skip

    def findings(self, source: str | None, status: str | None) -> str:
        """Lead to the findings of the year."""
        return url_for(
            "findings.index", region=self.view.region_code, source=source, state=status, year=self.view.year,
            sector=self._sector,
        )  # fmt: skip

    def alarm(self, code: str, alarm: Alarm) -> str:
        """Lead to what is wrong of one kind in a unit and below."""
        if alarm is Alarm.ARREARS:
            return self.overdue(code)
        endpoint, wanted = _ALARMS[alarm]
        desk = self.view.region_code if alarm in OURS else None
        return self._address(endpoint, code, sector=self._sector, desk=desk, **wanted)

    def of(self, line: UnitLine, alarm: Alarm) -> str:
        """Lead from a number of a line; no one list holds exactly what a unit has itself."""
        return "" if line.is_own else self.alarm(line.region_code, alarm)


_ALARMS: dict[Alarm, tuple[str, dict[str, Any]]] = {
    Alarm.SERIOUS: ("warnings.index", {"severity": Severity.HIGH.value}),
    Alarm.OTHER: ("warnings.index", {"severity": LIGHTER}),
    Alarm.TITLE: ("warnings.index", {"risk": Risk.TITLE_LATE.value}),
    Alarm.HAND_OVER: ("warnings.index", {"risk": Risk.HAND_OVER_LATE.value}),
    Alarm.IDLE: ("lookup.assets", {"use_status": UseStatus.IDLE.value}),
    Alarm.FINDINGS: ("findings.index", {"overdue": _YES}),
    Alarm.HAND_OFFS: ("warning_hand_offs.index", {"overdue": _YES}),
    Alarm.ANSWERS: ("warning_hand_offs.index", {"state": HandOffState.ANSWERED.value}),
    Alarm.DISPOSALS: ("disposals.index", {}),
}
