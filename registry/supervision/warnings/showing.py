"""How a warning is shown: its name, the page that mends it, its figures in words, and what happened since."""

from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from registry.evidence.models import Attachment
from registry.ledger.books.rules import say_month
from registry.money import format_yuan
from registry.permissions import Actor, Permission, may
from registry.policy.measures import Measure
from registry.supervision.warnings.figures import Figure, measure_of
from registry.supervision.warnings.models import RiskWarning, WarningHandOff, WarningWord
from registry.supervision.warnings.queries import (
    answered_by,
    files_of,
    find_open_hand_off,
    hand_offs_of,
    list_episodes,
    words_of,
)
from registry.supervision.warnings.risks import Risk
from registry.supervision.warnings.rules import (
    HandOffState,
    Severity,
    Subject,
    seats_of,
    units_on_the_way,
)

_R, _S = Risk, Subject
_PERCENT_PLACES = 100
_WORDS = frozenset({Figure.REASON, Figure.MEASURES})
TONES = {Severity.HIGH: "red", Severity.MEDIUM: "orange", Severity.LOW: "blue"}
#: Kind of thing → page and the name of its key in the address; a risk may have a page of its own.
PAGES: dict[Subject, tuple[str, str]] = {
    _S.ASSET: ("lookup.asset", "asset_no"),
    _S.PROJECT: ("money.project", "project_id"),
    _S.AGREEMENT: ("agreements.show", "agreement_id"),
    _S.FAULT: ("faults.show", "fault_id"),
    _S.SHEET: ("stock_sheets.show", "sheet_id"),
    _S.CONTRACT: ("contracts.show", "contract_id"),
    _S.EQUITY: ("arrears.show", "due_id"),
    _S.BOOK: ("periods.index", "book_id"),
    _S.OWNER: ("distributions.index", "region"),
    _S.PLAN: ("distributions.show", "plan_id"),
    _S.HOUSEHOLD: ("beneficiaries.show", "household_id"),
    _S.NOTICE: ("notices.notice", "notice_id"),
    _S.OBJECTION: ("notices.notice", "notice_id"),
    _S.UNIT: ("notices.index", "region"),
    _S.DISPOSAL: ("disposals.show", "disposal_id"),
    _S.PROCEEDS: ("proceeds.show", "proceeds_id"),
}
OF_RISK: dict[Risk, tuple[str, str]] = {
    _R.TITLE_LATE: ("title_standing.asset", "asset_no"),
    _R.HAND_OVER_LATE: ("title_standing.asset", "asset_no"),
    _R.OWNER_DISPUTED: ("title_standing.asset", "asset_no"),
    _R.CUSTODIAN_MISSING: ("custody.asset", "asset_no"),
    _R.PATROL_LATE: ("custody.asset", "asset_no"),
    _R.ARREARS: ("arrears.show", "due_id"),
    _R.ARREARS_LONG: ("arrears.show", "due_id"),
    _R.CASH_HIGH: ("books.show", "book_id"),
    _R.DEBT_HIGH: ("books.show", "book_id"),
}


def mending_page(warning: RiskWarning) -> str:
    """Return the page on which a warning is mended."""
    endpoint, name = OF_RISK.get(warning.row.risk) or PAGES[warning.about]
    key: dict[str, Any] = {name: warning.region_code if name == "region" else warning.page_key}
    return url_for(endpoint, **key)


def title_of(subject: Subject, title: str) -> str:
    """Return what a thing is called; a household goes by its number, not by a name."""
    return str(_("%(n)s 号户", n=title)) if subject is Subject.HOUSEHOLD else title


def said(figure: Figure, value: int | str) -> str:
    """Return a figure as people write it."""
    if figure is Figure.MONTH:
        return say_month(int(value))
    measure = measure_of(figure)
    if measure is Measure.MONEY:
        return f"{format_yuan(int(value))} {_('元')}"
    if measure is Measure.PERCENT:
        whole, rest = divmod(int(value), _PERCENT_PLACES)
        return f"{whole}.{rest:02d}".rstrip("0").rstrip(".")
    return str(value)


def figures_of(warning: RiskWarning | WarningHandOff) -> list[tuple[str, str, bool]]:
    """Return the figures that made a warning fire, each with its name; words take a whole line."""
    told = warning.told
    return [(_(figure.label), said(figure, value), figure in _WORDS) for figure, value in told.items()]


@dataclass(frozen=True)
class ShownHandOff:
    """Something handed on, with everything that was said of it, and what this reader may do next."""

    row: WarningHandOff
    words: tuple[WarningWord, ...]
    files: tuple[Attachment, ...]
    may_answer: bool
    may_judge: bool
    may_withdraw: bool

    def proving(self, word: WarningWord) -> list[Attachment]:
        """Return what proves one word."""
        return [one for one in self.files if one.thing_id == str(word.id)]


@dataclass(frozen=True)
class ShownWarning:
    """One warning as a reader of a day sees it."""

    warning: RiskWarning
    figures: list[tuple[str, str, bool]]
    page: str
    episodes: list[RiskWarning]
    hand_offs: tuple[ShownHandOff, ...]
    units: tuple[str, ...]


def shown_warning(warning: RiskWarning, reader: Actor) -> ShownWarning:
    """Put together why a warning fired, what happened of it, and to which units this reader may hand it."""
    episodes = list_episodes(warning)
    free = warning.closed_at is None and find_open_hand_off(warning.id) is None
    units = units_on_the_way(warning.region_code, reader) if free else ()
    return ShownWarning(
        warning,
        figures_of(warning),
        mending_page(warning),
        episodes,
        shown_hand_offs(hand_offs_of([one.id for one in episodes], reader), reader),
        units if may(reader, Permission.WARNING_HAND_OFF) else (),
    )


def shown_hand_offs(rows: list[WarningHandOff], reader: Actor) -> tuple[ShownHandOff, ...]:
    """Put each with what was said of it; nobody is offered what a rule forbids them."""
    words = words_of([row.id for row in rows])
    files = files_of([word.id for word in words])
    answering = seats_of(reader, Permission.WARNING_ANSWER)
    judging = seats_of(reader, Permission.WARNING_HAND_OFF)
    found = []
    for row in rows:
        said_of = tuple(word for word in words if word.hand_off_id == row.id)
        mine = row.from_code in judging
        may_judge = mine and row.stands is HandOffState.ANSWERED and reader.id not in answered_by(said_of)
        may_answer = row.stands is HandOffState.OPEN and row.region_code in answering
        may_withdraw = mine and row.stands is not HandOffState.ENDED
        found.append(ShownHandOff(row, said_of, tuple(files), may_answer, may_judge, may_withdraw))
    return tuple(found)
