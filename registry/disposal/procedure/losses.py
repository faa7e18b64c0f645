"""A loss that came suddenly (fire, flood): recorded at once, decided on afterwards by the same way as any other."""

from dataclasses import replace
from datetime import date

from registry.assets.register.cards.models import Asset
from registry.assets.register.cards.parts import current_owners
from registry.assets.register.categories import INTERESTS, UseStatus
from registry.assets.register.rights.operating import set_use
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.disposal.cases.models import DisposalCase
from registry.disposal.cases.opening import Opening, open_case
from registry.disposal.cases.queries import list_lines
from registry.disposal.gates.standing import standing_of
from registry.disposal.kinds import SUDDEN, DisposalKind, Extent
from registry.disposal.procedure.holding import TABLE, Pen, held_in, lines_for
from registry.disposal.procedure.pieces import Piece, parties_of, pieces_of
from registry.disposal.procedure.refusals import HappenedAtOddDay, NotSudden, PhotoMissing
from registry.disposal.refusals import BeforePosted
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.ledger.books.entries import BookDeed, Source
from registry.ledger.books.models import Book
from registry.ledger.books.queries import find_book, is_reversed, vouchers_of
from registry.ledger.books.rules import BookKind, Maker, month_of
from registry.ledger.books.services import reverse
from registry.permissions import Actor
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.regions import log_of
from registry.text import N_

#: The figures are the book's own; who records the loss looks at them, and nobody types an amount.
SYSTEM = Maker(None, N_("系统"))


def record_loss(
    opening: Opening, happened_on: date, files: list[KeptFile], *, by: Actor, on: date, policy: Policy
) -> DisposalCase:
    """Record a loss on the day it is known: the case is open, the asset is damaged, the books show it as pending.

    Raises NotSudden, HappenedAtOddDay, PhotoMissing, BeforePosted and what open_case raises.
    """
    if opening.words.kind not in SUDDEN:
        raise NotSudden(field="kind")
    if happened_on > on:
        raise HappenedAtOddDay(field="happened_on")
    if not files:
        raise PhotoMissing(field="file")
    case = open_case(replace(opening, words=replace(opening.words, effective_on=happened_on)), by=by, on=on)
    pieces = pieces_of(list_lines(case.id, taken=True))
    books = _books_of(pieces, case)
    case.is_sudden, case.happened_on = True, happened_on
    case.decide_by = policy.due_on(happened_on, Parameter.SUDDEN_LOSS_DAYS)
    # What happened in a month that is closed counts from today.
    closed = any(book.closed_month is not None and book.closed_month >= month_of(happened_on) for book in books)
    case.effective_on = on if closed else happened_on
    _check_posted(pieces, case, on)
    _mark(case, pieces, by=by, on=on)
    if case.about is DisposalKind.LOSS:
        _post(case, pieces, books, by=by, on=on)
    record(Action.DISPOSAL_LOSS_RECORDED, case, by=by, reason=case.reason)
    attach(files, Caption(EvidenceKind.PHOTO, taken_on=happened_on), to=thing_of(case), by=by)
    return case


def units_of_asset(asset: Asset) -> tuple[str, ...]:
    """Return the units whose logs a loss speaks to: the asset's own and its owners'."""
    return tuple(sorted({asset.region_code} | {row.party.region_code for row in current_owners(asset.id)}))


def _books_of(pieces: list[Piece], case: DisposalCase) -> list[Book]:
    """Return the owners' books in which a loss is shown at once: those of the case's own county.

    Whoever refuses the case there takes the entry back; a book elsewhere waits until the case is carried out.
    """
    found = [find_book(party.id) for party in parties_of(pieces)]
    here = log_of(case.region_code)
    return [book for book in found if book and log_of(book.region_code) == here]


def _check_posted(pieces: list[Piece], case: DisposalCase, on: date) -> None:
    posted = standing_of([piece.asset.id for piece in pieces], on, besides=case.id).posted
    for piece in pieces:
        last = posted.get(piece.asset.id)
        if last is not None and last > case.effective_on:
            raise BeforePosted(field="happened_on", name=piece.asset.name, day=last.isoformat())


def _mark(case: DisposalCase, pieces: list[Piece], *, by: Actor, on: date) -> None:
    """Say of what is lost whole that it is damaged; of a part that is lost the rest goes on."""
    for piece in pieces:
        if piece.line.how_much is Extent.WHOLE:
            set_use(piece.asset, UseStatus.DAMAGED, case.number, on=min(case.effective_on, on))


def _post(case: DisposalCase, pieces: list[Piece], books: list[Book], *, by: Actor, on: date) -> None:
    """Move what is lost whole from the assets to what waits for a decision; a lost part waits until it is decided."""
    pen = Pen(case, SYSTEM, by, case.effective_on, on)
    whole = [
        piece
        for piece in pieces
        if piece.line.how_much is Extent.WHOLE and piece.asset.subtype_row.nature not in INTERESTS
    ]
    for book in books:
        if book.book_kind is BookKind.SUBSIDIARY and whole:
            held = held_in(book, whole, pen)
            pen.write(book, BookDeed.LOSS_FOUND, lines_for(book, [one.entry(BookDeed.LOSS_FOUND) for one in held]))


def undo_loss(case: DisposalCase, reason: str, *, by: Actor, on: date) -> None:
    """Take back what a sudden loss posted, once the case is refused or given up; the asset is in the books again."""
    if not case.is_sudden:
        return
    for voucher in vouchers_of(Source(TABLE, case.id)):
        if voucher.about is BookDeed.LOSS_FOUND and voucher.reverses_id is None and not is_reversed(voucher):
            reverse(voucher, reason, made_by=SYSTEM, by=by, on=on)
