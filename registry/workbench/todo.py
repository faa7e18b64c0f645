"""What waits for a person, and what of theirs waits for others: one table of questions, read top to bottom."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from flask import url_for
from flask_babel import gettext as _

from registry.assets.register.amendments.models import Correction, LegacyFact
from registry.assets.register.amendments.queries import (
    count_waiting_legacy,
    list_own_corrections,
    list_units_of_waiting_corrections,
    list_waiting_corrections,
    list_waiting_legacy,
)
from registry.assets.register.amendments.rules import CorrectionKind, LegacyKind, NotOneLevelAbove, check_above
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import (
    count_sent_back,
    count_waiting,
    list_own_submitted,
    list_sent_back,
    list_waiting,
)
from registry.clock import local
from registry.database import db
from registry.permissions import Actor, Permission, may
from registry.places.queries import names_of

Row = TypeVar("Row", Correction, LegacyFact)


@dataclass(frozen=True)
class Task:
    """One thing that waits: what, how long, on whose desk, and the page on which it is done."""

    kind: str
    subject: str
    context: str
    amount_fen: int | None
    since: datetime
    desk: str
    url: str
    deed: str

    def days(self, today: date) -> int:
        """Return how many days it has lain on this desk."""
        return max((today - local(self.since).date()).days, 0)


def _confirmations(actor: Actor) -> list[Task]:
    assets = list_waiting(actor, Permission.ASSET_CONFIRM)
    names = names_of(asset.region_code for asset in assets)
    return [
        Task(
            _("资产确认"), one.name, _("%(unit)s登记", unit=names.get(one.region_code, "")), one.original_value_fen,
            one.entered_at, _("我或同级，先办者为准"), url_for("cards.confirm", asset_no=one.asset_no), _("去核对"),
        )
        for one in assets
    ]  # fmt: skip


def _count_confirmations(actor: Actor) -> int:
    return count_waiting(actor, Permission.ASSET_CONFIRM)


def _corrections(actor: Actor) -> list[Task]:
    waiting = [one for one in list_waiting_corrections(actor) if _is_above(one.region_code, actor)]
    return [
        Task(
            _(CorrectionKind(one.kind).label), asset.name, _("现记 %(reason)s", reason=one.reason),
            asset.original_value_fen, one.asked_at, _("我或同级，先办者为准"),
            url_for("amendments.decide", correction_id=one.id), _("去核对"),
        )
        for one, asset in _with_assets(waiting)
    ]  # fmt: skip


def _count_corrections(actor: Actor) -> int:
    return sum(_is_above(code, actor) for code in list_units_of_waiting_corrections(actor, MOST_COUNTED + 1))


def _is_above(region_code: str, actor: Actor) -> bool:
    try:
        check_above(region_code, actor)
    except NotOneLevelAbove:
        return False
    return True


def _history(actor: Actor) -> list[Task]:
    return [
        Task(
            _("历史补录"), asset.name, _(LegacyKind(one.kind).label), one.amount_fen, one.entered_at,
            _("我或同级，先办者为准"), url_for("lookup.asset", asset_no=asset.asset_no, tab="changes"), _("去核对"),
        )
        for one, asset in _with_assets(list_waiting_legacy(actor))
    ]  # fmt: skip


def _count_history(actor: Actor) -> int:
    return count_waiting_legacy(actor, MOST_COUNTED + 1)


def _sent_back(actor: Actor) -> list[Task]:
    return [
        Task(
            _("退回修改"), one.name, one.sent_back_reason, one.original_value_fen, one.entered_at, _("我"),
            url_for("cards.edit", asset_no=one.asset_no), _("去修改"),
        )
        for one in list_sent_back(actor)
    ]  # fmt: skip


def _own_submitted(actor: Actor) -> list[Task]:
    return [
        Task(
            _("资产登记"), one.name, one.asset_no, one.original_value_fen, one.entered_at, _("村或乡镇第二人"),
            url_for("lookup.asset", asset_no=one.asset_no), _("查看"),
        )
        for one in list_own_submitted(actor)
    ]  # fmt: skip


def _own_corrections(actor: Actor) -> list[Task]:
    return [
        Task(
            _(CorrectionKind(one.kind).label), asset.name, one.reason, asset.original_value_fen, one.asked_at,
            _("上一级监管员"), url_for("lookup.asset", asset_no=asset.asset_no), _("查看"),
        )
        for one, asset in _with_assets(list_own_corrections(actor))
    ]  # fmt: skip


def _with_assets(rows: Sequence[Row]) -> list[tuple[Row, Asset]]:
    return [(row, db.session.get_one(Asset, row.asset_id)) for row in rows]


#: What a person must do, and what of theirs lies elsewhere.
MINE: tuple[Callable[[Actor], list[Task]], ...] = (_confirmations, _corrections, _history, _sent_back)
ELSEWHERE: tuple[Callable[[Actor], list[Task]], ...] = (_own_submitted, _own_corrections)

#: How much of MINE waits, without reading it: the permission one needs to have such work, and the count.
COUNTED: tuple[tuple[Permission, Callable[[Actor], int]], ...] = (
    (Permission.ASSET_CONFIRM, _count_confirmations),
    (Permission.CORRECTION_CONFIRM, _count_corrections),
    (Permission.ASSET_CONFIRM, _count_history),
    (Permission.ASSET_ENTER, count_sent_back),
)
#: More than this is said as 99+.
MOST_COUNTED = 99


def count_mine(actor: Actor) -> str:
    """Return how much waits for this person, for the menu of every page; empty for nothing."""
    count = sum(question(actor) for permission, question in COUNTED if may(actor, permission))
    return f"{MOST_COUNTED}+" if count > MOST_COUNTED else str(count or "")


def list_mine(actor: Actor) -> list[Task]:
    """Return what waits for this person, the oldest first."""
    return sorted((task for question in MINE for task in question(actor)), key=lambda task: task.since)


def list_elsewhere(actor: Actor) -> list[Task]:
    """Return what this person has sent on and others have not answered, the oldest first."""
    return sorted((task for question in ELSEWHERE for task in question(actor)), key=lambda task: task.since)
