"""What waits of cards, their corrections and their past."""

from collections.abc import Sequence
from typing import TypeVar

from flask import url_for
from flask_babel import gettext as _

from registry.assets.register.amendments.models import Correction, LegacyFact
from registry.assets.register.amendments.queries import (
    count_own_corrections,
    count_waiting_corrections,
    count_waiting_legacy,
    list_own_corrections,
    list_waiting_corrections,
    list_waiting_legacy,
)
from registry.assets.register.amendments.rules import CorrectionKind, LegacyKind
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import (
    count_own_submitted,
    count_sent_back,
    count_waiting,
    list_own_submitted,
    list_sent_back,
    list_waiting,
)
from registry.database import db
from registry.permissions import Actor, Permission
from registry.places.queries import names_of
from registry.workbench.tasks.task import MOST_COUNTED, Task

Row = TypeVar("Row", Correction, LegacyFact)


def list_confirmations(actor: Actor, most: int) -> list[Task]:
    """Return cards that wait for their second person."""
    assets = list_waiting(actor, Permission.ASSET_CONFIRM, most)
    names = names_of(asset.region_code for asset in assets)
    return [
        Task(
            _("资产确认"), one.name, _("%(unit)s登记", unit=names.get(one.region_code, "")), one.original_value_fen,
            one.entered_at, _("我或同级，先办者为准"), url_for("cards.confirm", asset_no=one.asset_no), _("去核对"),
        )
        for one in assets
    ]  # fmt: skip


def count_confirmations(actor: Actor) -> int:
    """Return how many cards wait for their second person."""
    return count_waiting(actor, Permission.ASSET_CONFIRM)


def list_corrections(actor: Actor, most: int) -> list[Task]:
    """Return weighty changes that wait for the level above."""
    return [
        Task(
            _(CorrectionKind(one.kind).label), asset.name, _("现记 %(reason)s", reason=one.reason),
            asset.original_value_fen, one.asked_at, _("我或同级，先办者为准"),
            url_for("amendments.decide", correction_id=one.id), _("去核对"),
        )
        for one, asset in _with_assets(list_waiting_corrections(actor, most))
    ]  # fmt: skip


def count_corrections(actor: Actor) -> int:
    """Return how many weighty changes wait for the level above."""
    return count_waiting_corrections(actor, MOST_COUNTED + 1)


def list_history(actor: Actor, most: int) -> list[Task]:
    """Return facts of the past that wait for their second person."""
    return [
        Task(
            _("历史补录"), asset.name, _(LegacyKind(one.kind).label), one.amount_fen, one.entered_at,
            _("我或同级，先办者为准"), url_for("lookup.asset", asset_no=asset.asset_no, tab="changes"), _("去核对"),
        )
        for one, asset in _with_assets(list_waiting_legacy(actor, most))
    ]  # fmt: skip


def count_history(actor: Actor) -> int:
    """Return how many facts of the past wait."""
    return count_waiting_legacy(actor, MOST_COUNTED + 1)


def list_cards_sent_back(actor: Actor, most: int) -> list[Task]:
    """Return cards that came back to be mended."""
    return [
        Task(
            _("退回修改"), one.name, one.sent_back_reason, one.original_value_fen, one.entered_at, _("我"),
            url_for("cards.edit", asset_no=one.asset_no), _("去修改"),
        )
        for one in list_sent_back(actor, most)
    ]  # fmt: skip


def count_cards_sent_back(actor: Actor) -> int:
    """Return how many cards came back to be mended."""
    return count_sent_back(actor, MOST_COUNTED + 1)


def list_own_cards(actor: Actor, most: int) -> list[Task]:
    """Return cards that this person submitted and nobody has confirmed."""
    return [
        Task(
            _("资产登记"), one.name, one.asset_no, one.original_value_fen, one.entered_at, _("村或乡镇第二人"),
            url_for("lookup.asset", asset_no=one.asset_no), _("查看"),
        )
        for one in list_own_submitted(actor, most)
    ]  # fmt: skip


def count_own_cards(actor: Actor) -> int:
    """Return how many cards of this person nobody has confirmed."""
    return count_own_submitted(actor, MOST_COUNTED + 1)


def list_own_changes(actor: Actor, most: int) -> list[Task]:
    """Return changes that this person asked for."""
    return [
        Task(
            _(CorrectionKind(one.kind).label), asset.name, one.reason, asset.original_value_fen, one.asked_at,
            _("上一级监管员"), url_for("lookup.asset", asset_no=asset.asset_no), _("查看"),
        )
        for one, asset in _with_assets(list_own_corrections(actor, most))
    ]  # fmt: skip


def count_own_changes(actor: Actor) -> int:
    """Return how many changes this person asked for wait for others."""
    return count_own_corrections(actor, MOST_COUNTED + 1)


def _with_assets(rows: Sequence[Row]) -> list[tuple[Row, Asset]]:
    return [(row, db.session.get_one(Asset, row.asset_id)) for row in rows]
