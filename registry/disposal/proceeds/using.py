"""Using the money of a disposal again, and undoing a use: two persons each time, never more than there is."""

from datetime import date

from sqlalchemy import select

from registry.approvals.meetings.models import Resolution
from registry.approvals.meetings.queries import get_meeting
from registry.approvals.requests.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.queries import get_asset
from registry.assets.register.projects.queries import get_project
from registry.assets.register.registration import Stage
from registry.assets.title.cases.queries import holders_of
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.disposal.proceeds.kinds import Purpose, UseStatus
from registry.disposal.proceeds.models import Proceeds, ProceedsUse
from registry.disposal.proceeds.posting import post_use, unpost_use
from registry.disposal.proceeds.queries import in_asset_fen, is_disposed_in, list_lots, waiting_uses_fen
from registry.disposal.proceeds.refusals import (
    AboveBalance,
    Answered,
    AssetDear,
    AssetNotConfirmed,
    AssetOfAnother,
    AssetOfTheCase,
    DecidedElsewhere,
    DecidedLater,
    NotConfirmed,
    NothingCarried,
    NotUndoing,
    PaperMissing,
)
from registry.disposal.proceeds.rules import UseFacts, check_reason, check_second, check_use
from registry.disposal.proceeds.services import keep_term
from registry.evidence.queries import list_attachments
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.books.rules import Maker
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.policy.rules import Policy
from registry.regions import covers


def enter_use(account: Proceeds, facts: UseFacts, files: list[KeptFile], *, by: Actor, on: date) -> ProceedsUse:
    """Enter for what money is used; it counts once a second person agrees.

    Raises NotWatched, Missing for what is out of reach, and everything that check_use and the checks here refuse.
    """
    free_fen = account.balance_fen - waiting_uses_fen(account)
    check_use(facts, account.goes_to, list_lots(account), free_fen=free_fen, on=on)
    asset = get_asset(facts.asset_no, by, Permission.ASSET_READ) if facts.asset_no else None
    project = get_project(facts.project_id, by, Permission.ASSET_READ) if facts.project_id is not None else None
    _check_decided(facts, account, by)
    if project is not None:
        _check_place(project.region_code, account, "project_id")
    if asset is not None:
        _check_asset(asset, account, facts.purpose, facts.amount_fen)
    use = ProceedsUse(
        proceeds_id=account.id, region_code=account.region_code, purpose=facts.purpose.value,
        status=UseStatus.WAITING.value, amount_fen=facts.amount_fen, used_on=facts.used_on,
        meeting_id=facts.meeting_id, document_no=facts.document_no.strip(), asset_id=asset.id if asset else None,
        project_id=project.id if project else None, note=facts.note.strip(), entered_by_id=by.id,
        entered_by_text=signature(by), entered_at=now(),
    )  # fmt: skip
    db.session.add(use)
    db.session.flush()
    record(Action.PROCEEDS_USE_ENTERED, use, by=by, reason=use.note)
    add_papers(use, files, by=by)
    return use


def add_papers(use: ProceedsUse, files: list[KeptFile], *, by: Actor) -> None:
    """Attach the papers on which a use rests, as long as nobody has answered it. Raises Answered."""
    _check_waiting(use)
    if files:
        attach(files, Caption(EvidenceKind.APPROVAL, use.document_no, use.used_on), to=thing_of(use), by=by)


def _check_place(region_code: str, account: Proceeds, field: str) -> None:
    """Raise unless a meeting or project is the owner's unit's, or one of a unit above."""
    if not covers(region_code, account.region_code):
        raise DecidedElsewhere(field=field, unit=account.party.name)


def _check_decided(facts: UseFacts, account: Proceeds, by: Actor) -> None:
    """Raise unless the meeting named, if one is, resolved something before the money was used."""
    if facts.meeting_id is None:
        return
    meeting = get_meeting(facts.meeting_id, by)
    _check_place(meeting.region_code, account, "meeting_id")
    carried = select(Resolution.id).where(Resolution.meeting_id == meeting.id, Resolution.carried).limit(1)
    if db.session.scalar(carried) is None:
        raise NothingCarried(field="meeting_id", day=meeting.held_on.isoformat())
    if meeting.held_on > facts.used_on:
        raise DecidedLater(field="used_on", day=meeting.held_on.isoformat())


def _check_asset(asset: Asset, account: Proceeds, purpose: Purpose, amount_fen: int) -> None:
    """Raise unless the money can have gone into this asset."""
    if asset.state is not Stage.CONFIRMED:
        raise AssetNotConfirmed(field="asset_no", asset=asset.name)
    if all(row.party_id != account.party_id for row in holders_of([asset.id]).get(asset.id, ())):
        raise AssetOfAnother(field="asset_no", asset=asset.name, owner=account.party.name)
    if purpose is not Purpose.NEW_ASSET:
        return
    if is_disposed_in(asset.id, account.case_id):
        raise AssetOfTheCase(field="asset_no", asset=asset.name)
    if in_asset_fen(asset.id) + amount_fen > asset.original_value_fen:
        raise AssetDear(field="asset_no", asset=asset.name, value=format_yuan(asset.original_value_fen))


def confirm_use(use: ProceedsUse, account: Proceeds, *, by: Actor, on: date, policy: Policy) -> None:
    """Let a use count, as a second person: the balance falls, and it is posted.

    Raises Answered, SamePerson, PaperMissing, AboveBalance, what the asset refuses, and what the books raise.
    """
    _check_waiting(use)
    check_second(use.entered_by_id, by.id)
    if use.amount_fen > account.balance_fen:
        raise AboveBalance(left=format_yuan(max(account.balance_fen, 0)))
    if use.meeting_id is None and not list_attachments(ProceedsUse.__tablename__, str(use.id)):
        raise PaperMissing
    if use.asset_id is not None:
        _check_asset(db.session.get_one(Asset, use.asset_id), account, use.about, use.amount_fen)
    _answer(use, UseStatus.CONFIRMED, by)
    account.used_fen += use.amount_fen
    db.session.flush()
    keep_term(account, policy)
    is_treasury = use.about is Purpose.PAID_IN
    record(Action.PROCEEDS_PAID_IN if is_treasury else Action.PROCEEDS_USE_CONFIRMED, use, by=by, reason=use.note)
    post_use(account, use, made_by=Maker(use.entered_by_id, use.entered_by_text), by=by, on=on)


def refuse_use(use: ProceedsUse, opinion: str, *, by: Actor) -> None:
    """Refuse a use, as a second person. Raises Answered, SamePerson, ReasonMissing."""
    _check_waiting(use)
    check_second(use.entered_by_id, by.id)
    use.opinion = check_reason(opinion, "opinion")
    _answer(use, UseStatus.REFUSED, by)
    record(Action.PROCEEDS_USE_REFUSED, use, by=by, reason=use.opinion)


def _check_waiting(use: ProceedsUse) -> None:
    if use.state is not UseStatus.WAITING:
        raise Answered(status=use.state.label)


def _answer(use: ProceedsUse, status: UseStatus, by: Actor) -> None:
    use.status, use.confirmed_by_id, use.confirmed_by_text = status.value, by.id, signature(by)
    use.confirmed_at = now()


def ask_undo(use: ProceedsUse, reason: str, *, by: Actor) -> None:
    """Ask for a use to be undone; until another person agrees it counts. Raises NotConfirmed, ReasonMissing."""
    if use.state is not UseStatus.CONFIRMED:
        raise NotConfirmed(status=use.state.label)
    use.undo_reason = check_reason(reason, "reason")
    use.status, use.undo_by_id, use.undo_by_text = UseStatus.UNDOING.value, by.id, signature(by)
    record(Action.PROCEEDS_UNDO_ASKED, use, by=by, reason=use.undo_reason)


def undo_use(use: ProceedsUse, account: Proceeds, *, by: Actor, on: date, policy: Policy) -> None:
    """Undo a use as another person than who asked: the balance rises, what was posted is reversed.

    Raises NotUndoing, SamePerson and what the books raise.
    """
    _check_undoing(use, by)
    use.status, use.undone_by_id, use.undone_by_text = UseStatus.UNDONE.value, by.id, signature(by)
    account.used_fen -= use.amount_fen
    db.session.flush()
    keep_term(account, policy)
    record(Action.PROCEEDS_USE_UNDONE, use, by=by, reason=use.undo_reason)
    unpost_use(use, made_by=Maker(use.undo_by_id, use.undo_by_text), by=by, on=on)


def keep_use(use: ProceedsUse, opinion: str, *, by: Actor) -> None:
    """Refuse to undo a use as another person than who asked; it goes on counting.

    Raises NotUndoing, SamePerson, ReasonMissing.
    """
    _check_undoing(use, by)
    reason, asked = check_reason(opinion, "opinion"), use.undo_reason
    use.status, use.undo_reason, use.undo_by_id, use.undo_by_text = UseStatus.CONFIRMED.value, "", None, ""
    record(Action.PROCEEDS_UNDO_REFUSED, use, by=by, reason=reason, facts={"asked": asked})


def _check_undoing(use: ProceedsUse, by: Actor) -> None:
    if use.state is not UseStatus.UNDOING:
        raise NotUndoing(status=use.state.label)
    check_second(use.undo_by_id, by.id)
