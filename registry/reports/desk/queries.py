"""Questions of the auditor's desk: people by name, an asset by number, how an asset stood on a past day."""

import json
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import false, or_, select

from registry.accounts.models import User
from registry.assets.register.cards.models import Asset
from registry.audit.plain import RowChange, standing_row
from registry.audit.queries import find_event
from registry.audit.reading import reach_of
from registry.audit.scoped import ScopedEvent, count_scoped, stream_about
from registry.audit.verification import MAX_ON_PAGE
from registry.audit.views import TooManyEvents
from registry.clock import start_of
from registry.codes import typed_number
from registry.database import db, moment_text
from registry.errors import Invalid
from registry.jobs import Job, JobKind
from registry.permissions import Actor, Permission, reaches
from registry.regions import code_range, log_of
from registry.scope import within
from registry.text import N_

_FEW = 6
#: The order in which an asset's past is shown; tables not named here come after.
_ORDER = (
    "asset", "asset_owner", "funding_line", "value_change", "title_line", "title_change", "title_certificate",
    "encumbrance", "asset_relation", "custody_item", "fault", "patrol",
)  # fmt: skip


class NobodyCalled(Invalid):
    """No person within reach bears this name."""

    message = N_("管辖范围内没有姓名或用户名是“%(text)s”的人。")


class SeveralCalled(Invalid):
    """Several persons bear this name."""

    message = N_("叫“%(text)s”的有几位，请填用户名：%(names)s。")


class NoSuchAsset(Invalid):
    """No asset within reach bears this number."""

    message = N_("管辖范围内没有编号是“%(text)s”的资产。")


class NoSuchEvent(Invalid):
    """The log has no such event, or none that this reader may see."""

    message = N_("这本日志没有第 %(seq)s 条，或您看不到它。")


class NobodyNamed(Invalid):
    """An extract of a term of office is about somebody."""

    message = N_("请写明离任人的姓名或用户名。")


class TooManyLooks(Invalid):
    """A list that no answer holds is printed."""

    message = N_("共 %(count)s 次，超过一次能列出的 %(most)s 次。请缩短期间，或打印登记表。")


class NotEnteredYet(Invalid):
    """An asset is looked for on a day before the trail first told of it."""

    message = N_("这一天还没有登记这项资产。")


def check_small(region_code: str) -> None:
    """Raise TooManyEvents for a unit whose verification would keep its reader waiting."""
    events = count_scoped(log_of(region_code), code_range(region_code))
    if events > MAX_ON_PAGE:
        raise TooManyEvents(events=f"{events:,}", most=f"{MAX_ON_PAGE:,}", field="region_code")


def person_called(text: str, actor: Actor) -> User:
    """Return the one person within reach with this user name, or name. Raises NobodyCalled, SeveralCalled."""
    rows = select(User).where(within(User, actor, Permission.PRINT), or_(User.username == text, User.name == text))
    found = list(db.session.scalars(rows.order_by(User.id).limit(_FEW)))
    exact = [user for user in found if user.username == text] or found
    if not exact:
        raise NobodyCalled(text=text, field="who")
    if len(exact) > 1:
        names = "、".join(f"{user.username}（{user.post}）" for user in exact)
        raise SeveralCalled(text=text, names=names, field="who")
    return exact[0]


def asset_numbered(number: str, actor: Actor, permission: Permission) -> Asset:
    """Return an asset within reach by its number. Raises NoSuchAsset."""
    rows = select(Asset).where(Asset.asset_no == typed_number(number), within(Asset, actor, permission))
    asset = db.session.scalar(rows)
    if asset is None:
        raise NoSuchAsset(text=number, field="asset_no")
    return asset


def list_bundles(actor: Actor, limit: int, *, before: int = 0) -> list[Job]:
    """Return the last bundles that a person asked for and may still take out, newest first, or older than one."""
    here = or_(false(), *(Job.region_code.between(*one.codes) for one in reaches(actor, Permission.TRAIL_EXPORT)))
    rows = select(Job).where(Job.kind == JobKind.BUNDLE.value, Job.user_id == actor.id, here)
    rows = rows.where(Job.id < before) if before else rows
    return list(db.session.scalars(rows.order_by(Job.id.desc()).limit(limit)))


@dataclass(frozen=True)
class StoodAs:
    """An asset as the trail knew it when a day ended: its rows, and the last event that told of it."""

    asset_no: str
    on: date
    rows: tuple[RowChange, ...]
    seq: int
    at: str
    later: int
    #: The event of its county's log up to which it was asked for; 0 for the end of a day.
    upto: int = 0


@dataclass(frozen=True)
class Until:
    """How far the trail is read: to the end of a day, or to an event of one log and its moment in all others."""

    end: str
    log_id: int = 0
    seq: int = 0

    def holds(self, event: ScopedEvent) -> bool:
        """Say whether an event was known by then."""
        if self.seq and json.loads(event.payload)["log"] == self.log_id:
            return event.seq <= self.seq
        return event.at < self.end


def until_of(asset: Asset, on: date, upto: int, actor: Actor) -> Until:
    """Return how far to read: to an event of the asset's log if one is named. Raises NoSuchEvent."""
    if not upto:
        return Until(moment_text(start_of(on + timedelta(days=1))))
    log_id = log_of(asset.region_code)
    event = find_event(log_id, upto, reach_of(actor))
    if event is None:
        raise NoSuchEvent(seq=upto, field="seq")
    return Until(_moment(event.payload), log_id, upto)


def _moment(payload: str) -> str:
    """Return the moment of an event as the trail writes it."""
    return str(json.loads(payload)["at"])


def stood_as(asset: Asset, on: date, until: Until) -> StoodAs:
    """Put an asset together as the trail knew it by then; raises NotEnteredYet."""
    key = str(asset.id)
    states: dict[tuple[str, str], dict[str, Any] | None] = {}
    seq, at, later = 0, "", 0
    for event in stream_about("asset", key):
        if not until.holds(event):
            later += 1
            continue
        seq, at = event.seq, event.at
        for change in json.loads(event.payload)["changes"]:
            row = change["after"] or change["before"] or {}
            if (change["table"], change["id"]) == ("asset", key) or str(row.get("asset_id", "")) == key:
                states[change["table"], change["id"]] = change["after"]
    standing = {name: state for name, state in states.items() if state is not None}
    if not standing:
        raise NotEnteredYet(field="seq" if until.seq else "on")
    placed = sorted(standing.items(), key=_place)
    rows = tuple(standing_row(table, _as_on_card(table, state)) for (table, _id), state in placed)
    return StoodAs(asset.asset_no, on, rows, seq, at, later, until.seq)


def _place(item: tuple[tuple[str, str], object]) -> tuple[int, str, int, str]:
    (table, key), _state = item
    order = _ORDER.index(table) if table in _ORDER else len(_ORDER)
    return order, table, len(key), key


def _as_on_card(table: str, state: dict[str, Any]) -> dict[str, Any]:
    """Return what a row held in the order of its columns; the trail writes by the alphabet. What is gone comes last."""
    columns = db.metadata.tables[table].columns if table in db.metadata.tables else ()
    place = {column.name: at for at, column in enumerate(columns)}
    return {name: state[name] for name in sorted(state, key=lambda one: place.get(one, len(place)))}
