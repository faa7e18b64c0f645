"""Everything the page of one asset shows, read once."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from itertools import chain
from typing import cast

from sqlalchemy import select

from registry.accounts.models import User
from registry.assets.register.amendments.models import Comment, Correction, LegacyFact
from registry.assets.register.amendments.past import end_of
from registry.assets.register.amendments.queries import list_comments, list_corrections, list_legacy_facts
from registry.assets.register.amendments.rules import CorrectionKind
from registry.assets.register.amendments.services import content_of, proposed
from registry.assets.register.cards.answers import Answer, answers_of
from registry.assets.register.cards.models import Asset, ValueChange
from registry.assets.register.cards.parts import value_changes
from registry.assets.register.cards.schemas import registration_from_json
from registry.assets.register.lookup import life
from registry.assets.register.lookup.models import AssetPaper
from registry.assets.register.lookup.papers import list_papers
from registry.assets.register.lookup.rows import use_badge
from registry.assets.register.registration import Registration, Stage, ValueKind
from registry.audit.canonical import JsonValue
from registry.clock import local
from registry.database import db
from registry.errors import Missing
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.permissions import Actor, Permission, may
from registry.text import N_


def names_of_users(ids: Iterable[int | None]) -> dict[int | None, str]:
    """Return post and name of people, for a page; nobody is the system."""
    wanted = {one for one in ids if one is not None}
    rows = db.session.execute(select(User.id, User.post, User.name).where(User.id.in_(wanted)))
    return {None: N_("系统"), **{key: f"{post} {name}" for key, post, name in rows}}


@dataclass(frozen=True)
class History:
    """What was ever recorded of an asset beside its present state."""

    changes: list[ValueChange]
    corrections: list[Correction]
    legacy: list[LegacyFact]
    comments: list[Comment]
    attachments: list[Attachment]
    people: dict[int | None, str]


def get_history(asset: Asset) -> History:
    """Read the history of an asset, and the names of those who made it."""
    legacy, attachments = list_legacy_facts(asset.id), list_attachments("asset", str(asset.id))
    ids = [asset.entered_by_id, asset.confirmed_by_id, *(one.added_by_id for one in attachments)]
    ids += [key for one in legacy for key in (one.entered_by_id, one.confirmed_by_id)]
    return History(
        value_changes(asset.id),
        list_corrections(asset.id),
        legacy,
        list_comments(asset.id),
        attachments,
        names_of_users(ids),
    )


def history_on(history: History, changes: Sequence[ValueChange], on: date) -> History:
    """Return a history as it could be told at the end of a day, with the changes of value that count then."""
    over = end_of(on)
    return replace(
        history,
        changes=list(changes),
        corrections=[one for one in history.corrections if (one.decided_at or one.asked_at) < over],
        legacy=[_legacy_on(one, over) for one in history.legacy if one.entered_at < over],
        comments=[one for one in history.comments if one.at < over],
        attachments=[one for one in history.attachments if one.added_at < over],
    )


def _legacy_on(fact: LegacyFact, over: datetime) -> LegacyFact:
    """Return a fact of the past, without the second person if that one came later; the row itself is left alone."""
    if fact.confirmed_at is None or fact.confirmed_at < over:
        return fact
    names = ("kind", "fact_on", "document_no", "amount_fen", "note", "entered_by_id", "entered_at")
    return LegacyFact(**{name: getattr(fact, name) for name in names})


def life_of(
    asset: Asset,
    history: History,
    on: date,
    papers: Iterable[life.Entry] = (),
    facts: Registration | None = None,
) -> list[life.Entry]:
    """Return the whole life of an asset, oldest first, today last; a paper of it tells nothing of other papers.

    ``facts`` is what the card said, where that is not what it says now.
    """
    people = history.people
    entries = [
        life.told(_birth(asset, people, facts or asset)),
        [life.valued(_money(change)) for change in _told_apart(history)],
        chain.from_iterable(life.corrected(_amendment(one)) for one in history.corrections if _is_told(one)),
        [life.past(_past(one, people)) for one in history.legacy],
        [life.remarked(life.Said(local(one.at).date(), one.body, one.by_text)) for one in history.comments],
        [life.attached(_file(one, people), one.kind) for one in history.attachments],
        papers,
    ]
    state = Stage(asset.stage).label
    if asset.stage == Stage.CONFIRMED:
        state = use_badge(asset.use_status, asset.operating_mode).text
    return life.in_order(chain.from_iterable(entries), on, state)


def _told_apart(history: History) -> list[ValueChange]:
    """Leave out corrections of value that a correction with both persons tells already."""
    told = bool(history.corrections)
    return [one for one in history.changes if not (told and one.kind == ValueKind.CORRECTION)]


def _is_told(one: Correction) -> bool:
    """Say whether a correction stands on the line itself; an applied change of value stands there as such."""
    return one.kind != CorrectionKind.VALUE or one.decided_at is None or one.status != "APPLIED"


def _birth(asset: Asset, people: dict[int | None, str], said: Asset | Registration) -> life.Birth:
    return life.Birth(
        said.accepted_on,
        said.in_use_on,
        local(asset.entered_at).date(),
        people[asset.entered_by_id],
        local(asset.confirmed_at).date() if asset.confirmed_at else None,
        people[asset.confirmed_by_id],
        asset.is_legacy,
        asset.sent_back_reason,
    )


def _money(change: ValueChange) -> life.Money:
    papers = tuple(dict.fromkeys([change.document_no, *(line.document_no for line in change.lines)]))
    return life.Money(change.kind, change.effective_on, change.amount_fen, change.reason, papers)


def _amendment(one: Correction) -> life.Amendment:
    moment = one.decided_at or one.asked_at
    return life.Amendment(
        one.status,
        local(moment).date(),
        one.reason,
        one.asked_by_text,
        one.decided_by_text,
        one.opinion,
        differences_of(one),
    )


def differences_of(one: Correction) -> tuple[life.Difference, ...]:
    """Return what a correction changes, as the card words it."""
    if one.kind == CorrectionKind.VALUE:
        return ()
    before = registration_from_json(cast("dict[str, JsonValue]", content_of(one)["before"]))
    return life.compared(_flat(before), _flat(proposed(one)))


def _flat(facts: Registration) -> list[Answer]:
    return [answer for group in answers_of(facts) for answer in group.answers]


def _past(fact: LegacyFact, people: dict[int | None, str]) -> life.Past:
    return life.Past(
        fact.kind,
        fact.fact_on,
        fact.document_no,
        fact.amount_fen,
        fact.note,
        people[fact.entered_by_id],
        people[fact.confirmed_by_id] if fact.confirmed_at else "",
    )


def papers_of(asset: Asset, reader: Actor) -> list[life.Entry]:
    """Return the papers that were printed of an asset, each leading to its page where the reader may open it."""
    return [_paper(one, reader) for one in list_papers(asset.asset_no)]


def _paper(one: AssetPaper, reader: Actor) -> life.Entry:
    is_open = may(reader, Permission.PRINT, one.region_code) or one.printed_by_id == reader.id
    return life.printed(local(one.printed_at).date(), one.title, one.serial, one.printed_by_text, is_open=is_open)


def _file(one: Attachment, people: dict[int | None, str]) -> life.Said:
    return life.Said(one.taken_on or local(one.added_at).date(), one.caption, people[one.added_by_id])


@dataclass(frozen=True)
class Labelled:
    """What anybody may read who scans a label."""

    asset_no: str
    name: str
    region_code: str
    category: str
    subtype: str
    stage: str


def get_labelled(asset_no: str) -> Labelled:
    """Return the public facts of an asset that stands in the register or was disposed of; raises Missing."""
    columns = (getattr(Asset, name) for name in Labelled.__dataclass_fields__)
    hidden = (Stage.WITHDRAWN, Stage.SUBMITTED, Stage.SENT_BACK)
    found = db.session.execute(select(*columns).where(Asset.asset_no == asset_no, Asset.stage.not_in(hidden))).first()
    if found is None:
        raise Missing
    return Labelled(*found)
