"""Vouchers made by hand: made, checked by another person, sent back, withdrawn; and the red ones."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.clock import now
from registry.database import db
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import Category
from registry.ledger.books.drafts.models import DroppedPaper
from registry.ledger.books.drafts.queries import (
    find_collective_named,
    find_owned_asset,
    find_waiting_reversal,
    list_papers,
)
from registry.ledger.books.drafts.rules import (
    MANUAL,
    DraftFacts,
    NoSuchPaper,
    NotByHand,
    NotTheirAsset,
    PayeeUnknown,
    check_facts,
    check_own,
    check_reason,
    check_seen,
    check_waiting,
    facts_from,
    lines_for,
)
from registry.ledger.books.entries import BookDeed, Line, Marks, Source
from registry.ledger.books.models import Book, DraftLine, Voucher, VoucherDraft
from registry.ledger.books.queries import is_reversed, list_postings
from registry.ledger.books.rules import (
    DraftState,
    Maker,
    ReversalWaits,
    check_day,
    check_lines,
    check_persons,
    check_reversal,
    reversed_lines,
)
from registry.ledger.books.services import Head, maker, post_lines, reverse
from registry.parties.models import Party
from registry.permissions import Actor

_S = DraftState


def make_draft(book: Book, facts: DraftFacts, files: Sequence[KeptFile], *, by: Actor, on: date) -> VoucherDraft:
    """Make a voucher of a deed chosen by hand; another person checks it. Raises what the rules of drafts raise."""
    lines = _lines(book, facts)
    head = Head(facts.deed, facts.booked_on, facts.summary, Source("", 0))
    draft = propose(book, head, lines, by=by, on=on)
    _attach(draft, files, by)
    return draft


def _attach(draft: VoucherDraft, files: Sequence[KeptFile], by: Actor) -> None:
    if files:
        attach(list(files), Caption(EvidenceKind.PAYMENT, draft.summary, draft.booked_on), to=thing_of(draft), by=by)


def add_papers(draft: VoucherDraft, files: Sequence[KeptFile], caption: Caption, *, by: Actor) -> None:
    """Put papers to one's own draft while it waits; whoever had seen it without them sees it again before posting.

    Raises NotOwnDraft, NotWaiting.
    """
    check_own(draft.made_by_id, by.id)
    check_waiting(draft.stage, _S.MADE, _S.SENT_BACK)
    draft.made_at = now()
    record(Action.VOUCHER_CHANGED, draft, by=by, reason=draft.summary)
    attach(list(files), caption, to=thing_of(draft), by=by)


@dataclass(frozen=True)
class Papers:
    """What becomes of a draft's original papers: new ones, and those set aside (by attachment)."""

    added: Sequence[KeptFile] = ()
    dropped: Sequence[int] = ()


def propose(book: Book, head: Head, lines: Sequence[Line], *, by: Actor, on: date) -> VoucherDraft:
    """Put lines before a checker. Raises what check_lines and check_day raise."""
    check_lines(lines)
    check_day(head.booked_on, opened_on=book.opened_on, closed=book.closed_month, on=on)
    draft = VoucherDraft(
        region_code=book.region_code, book_id=book.id, state=_S.MADE.value, deed=head.deed.value,
        booked_on=head.booked_on, summary=(head.summary or head.deed.label)[:200], made_by_id=by.id,
        made_by_text=maker(by).text, made_at=now(), reverses_id=head.reverses_id, book=book,
        lines=[_row(book, position, line) for position, line in enumerate(lines)],
    )  # fmt: skip
    db.session.add(draft)
    db.session.flush()
    record(Action.VOUCHER_MADE, draft, by=by, reason=draft.summary)
    return draft


def change_draft(
    draft: VoucherDraft, facts: DraftFacts, papers: Papers | None = None, *, by: Actor, on: date,
    seen: int | None = None,
) -> None:  # fmt: skip
    """Fill a draft in anew and change its papers; it waits to be checked again. A paper set aside stays on file.

    Raises DraftChanged, NotOwnDraft, NotWaiting, NoSuchPaper and what make_draft raises.
    """
    check_seen(draft.version_id, seen)
    check_own(draft.made_by_id, by.id)
    check_waiting(draft.stage, _S.MADE, _S.SENT_BACK)
    if draft.reverses_id is not None or BookDeed(draft.deed) not in MANUAL:
        raise NotByHand(field="deed", deed=BookDeed(draft.deed).label)
    book = draft.book
    lines = _lines(book, facts)
    check_lines(lines)
    check_day(facts.booked_on, opened_on=book.opened_on, closed=book.closed_month, on=on)
    draft.deed, draft.booked_on = facts.deed.value, facts.booked_on
    draft.summary = (facts.summary or facts.deed.label)[:200]
    draft.state, draft.reason, draft.made_at = _S.MADE.value, "", now()
    draft.lines = [_row(book, position, line) for position, line in enumerate(lines)]
    changed = papers or Papers()
    _set_aside(draft, changed.dropped)
    record(Action.VOUCHER_CHANGED, draft, by=by, reason=draft.summary)
    _attach(draft, changed.added, by)


def _set_aside(draft: VoucherDraft, attachment_ids: Sequence[int]) -> None:
    kept = {paper.id for paper in list_papers(draft.id)}
    for attachment_id in dict.fromkeys(attachment_ids):
        if attachment_id not in kept:
            raise NoSuchPaper(field="drop")
        db.session.add(DroppedPaper(region_code=draft.region_code, draft_id=draft.id, attachment_id=attachment_id))


def check_draft(draft: VoucherDraft, *, by: Actor, on: date, seen: int | None = None) -> Voucher:
    """Check what another person made and post it; raises as post() does, and DraftChanged, NotWaiting."""
    check_seen(draft.version_id, seen)
    check_waiting(draft.stage, _S.MADE)
    check_persons(draft.made_by_id, by.id)
    made_by = Maker(draft.made_by_id, draft.made_by_text)
    draft.state = _S.POSTED.value
    if draft.reverses_id is not None:
        voucher = db.session.get_one(Voucher, draft.reverses_id)
        return reverse(voucher, draft.summary, made_by=made_by, by=by, on=draft.booked_on)
    lines = tuple(line.to_line() for line in draft.lines)
    head = Head(BookDeed(draft.deed), draft.booked_on, draft.summary, Source("voucher_draft", draft.id))
    return post_lines(draft.book, head, lines, made_by=made_by, by=by, on=on)


def send_back(draft: VoucherDraft, reason: str, *, by: Actor) -> None:
    """Send a draft back to its maker, saying what is wrong. Raises ReasonMissing, NotWaiting, SamePerson."""
    check_waiting(draft.stage, _S.MADE)
    check_persons(draft.made_by_id, by.id)
    draft.state, draft.reason = _S.SENT_BACK.value, check_reason(reason)
    record(Action.VOUCHER_SENT_BACK, draft, by=by, reason=draft.reason)


def withdraw(draft: VoucherDraft, *, by: Actor) -> None:
    """Give a draft up. Raises NotOwnDraft, NotWaiting."""
    check_own(draft.made_by_id, by.id)
    check_waiting(draft.stage, _S.MADE, _S.SENT_BACK)
    draft.state = _S.WITHDRAWN.value
    record(Action.VOUCHER_WITHDRAWN, draft, by=by)


def make_reversal(voucher: Voucher, reason: str, *, by: Actor, on: date) -> VoucherDraft:
    """Propose to undo a voucher in red, today. Raises ReasonMissing, AlreadyReversed, NotReversible, ReversalWaits."""
    said = check_reason(reason)
    check_reversal(is_reversal=voucher.reverses_id is not None, is_reversed=is_reversed(voucher))
    if find_waiting_reversal(voucher.id) is not None:
        raise ReversalWaits
    book = db.session.get_one(Book, voucher.book_id)
    lines = reversed_lines([posting.to_line() for posting in list_postings(voucher)])
    return propose(book, Head(voucher.about, on, said, Source("", 0), voucher.id), lines, by=by, on=on)


def facts_of(draft: VoucherDraft) -> DraftFacts:
    """Return what had been filled in, to fill it in anew."""
    lines = tuple(line.to_line() for line in draft.lines)
    facts = facts_from(BookDeed(draft.deed), draft.booked_on, draft.summary, lines, draft.book.version)
    marks = lines[0].marks
    asset = db.session.get(Asset, marks.asset_id) if marks.asset_id else None
    party = db.session.get(Party, marks.party_id) if marks.party_id else None
    asset_no, payee = asset.asset_no if asset else "", party.name if party else ""
    return replace(facts, asset_no=asset_no, contract_id=marks.contract_id, payee=payee)


def _lines(book: Book, facts: DraftFacts) -> tuple[Line, ...]:
    check_facts(facts)
    asset = find_owned_asset(book, facts.asset_no) if facts.asset_no else None
    if facts.asset_no and asset is None:
        raise NotTheirAsset(field="asset_no", asset_no=facts.asset_no)
    payee = find_collective_named(facts.payee, book.region_code) if facts.payee else None
    if facts.payee and payee is None:
        raise PayeeUnknown(field="payee", name=facts.payee)
    category: Category | None = asset.kind if asset else facts.category
    marks = Marks(asset.id if asset else None, facts.contract_id, payee.id if payee else None, facts.use)
    return lines_for(facts, marks, category, book.version)


def _row(book: Book, position: int, line: Line) -> DraftLine:
    marks = line.marks
    return DraftLine(
        region_code=book.region_code, position=position, account=line.account, detail=line.detail,
        debit_fen=line.debit_fen, credit_fen=line.credit_fen, asset_id=marks.asset_id, contract_id=marks.contract_id,
        party_id=marks.party_id, use=marks.use,
    )  # fmt: skip
