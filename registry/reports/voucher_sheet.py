"""记账凭证: posted vouchers of a book, two to a sheet, with the amount in words and the people who answer for them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from sqlalchemy import func, select

from registry.database import db
from registry.errors import Invalid, Missing
from registry.evidence.models import Attachment
from registry.ledger.books.models import Book, Posting, Voucher
from registry.ledger.books.queries import find_reversal, list_journal, list_postings
from registry.ledger.books.rules import first_day, month_of
from registry.permissions import Actor, Permission
from registry.reports.bookkeeping import Booked, books_within, person_of, told_lines
from registry.reports.covering import covered
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.sheet import Heading
from registry.reports.paper.slips import Slip, SlipLine, draw_slips
from registry.reports.parameters import Parameters
from registry.scope import within
from registry.text import N_

TITLE = N_("记账凭证")
_SIGNERS = (N_("装订人："), N_("会计主管："), N_("单位负责人："))


class NoVouchers(Invalid):
    """A sheet of vouchers has vouchers."""

    message = N_("这本账 %(month)s 没有凭证。")


@dataclass(frozen=True, slots=True)
class VoucherLine:
    """One line of a voucher in fen; the other side is None."""

    summary: str
    account: str
    detail: str
    debit_fen: int | None
    credit_fen: int | None


@dataclass(frozen=True, slots=True)
class VoucherFigures:
    """One voucher. ``reversal`` says which one it reverses, ``reversed_by`` which one reversed it."""

    number: str
    day: str
    lines: tuple[VoucherLine, ...]
    attachments: int
    maker: str
    checker: str
    source: str
    reversal: str = ""
    reversed_by: str = ""


@dataclass(frozen=True, slots=True)
class VoucherSheet:
    """The figures of a sheet of vouchers."""

    unit_name: str
    region_code: str
    book_name: str
    period_text: str
    vouchers: tuple[VoucherFigures, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> VoucherSheet:
    """Read one voucher, or those of a book in the month of a day up to that day. Raises Missing, NoVouchers."""
    book, lines = _one(parameters, actor) if parameters.voucher_id else _month(region_code, parameters, actor, on)
    if book.region_code != region_code:
        raise Missing
    covers = covered(region_code, actor, on)
    told = groupby(told_lines(book, lines), key=lambda line: line.voucher)
    vouchers = tuple(_voucher(voucher, list(held)) for voucher, held in told)
    return VoucherSheet(covers.unit_name, region_code, book.party.name, vouchers[0].day[:7], vouchers)


def _one(parameters: Parameters, actor: Actor) -> tuple[Book, list[tuple[Voucher, Posting]]]:
    rows = select(Voucher).where(Voucher.id == parameters.voucher_id, within(Voucher, actor, Permission.PRINT))
    voucher = db.session.scalar(rows)
    if voucher is None:
        raise Missing
    return db.session.get_one(Book, voucher.book_id), [(voucher, one) for one in list_postings(voucher)]


def _month(
    region_code: str, parameters: Parameters, actor: Actor, on: date
) -> tuple[Book, list[tuple[Voucher, Posting]]]:
    if not parameters.book_id:
        raise Missing
    (book,) = books_within(region_code, parameters, actor)
    lines = list_journal(book, first_day(month_of(on)), on)
    if not lines:
        raise NoVouchers(month=on.isoformat()[:7])
    return book, lines


def _voucher(voucher: Voucher, lines: Sequence[Booked]) -> VoucherFigures:
    reversed_by = find_reversal(voucher)
    reverses = db.session.get(Voucher, voucher.reverses_id) if voucher.reverses_id else None
    return VoucherFigures(
        number=voucher.label,
        day=voucher.booked_on.isoformat(),
        lines=tuple(
            VoucherLine(voucher.summary, one.account_text, one.about, one.debit_fen, one.credit_fen) for one in lines
        ),
        attachments=_attachments(voucher),
        maker=person_of(voucher.made_by_text),
        checker=person_of(voucher.checked_by_text),
        source=voucher.about.label,
        reversal=reverses.label if reverses else "",
        reversed_by=reversed_by.label if reversed_by else "",
    )


def _attachments(voucher: Voucher) -> int:
    """Count the papers kept with a voucher, and with the row it was posted for."""
    things = [("voucher", str(voucher.id)), (voucher.source_table, str(voucher.source_id))]
    rows = select(func.count()).select_from(Attachment)
    return sum(
        db.session.scalar(rows.where(Attachment.thing_table == table, Attachment.thing_id == key)) or 0
        for table, key in things
    )


def draw(figures: VoucherSheet, imprint: Imprint) -> bytes:
    """Draw the vouchers in order, two to a sheet."""
    facts = ((N_("期间"), figures.period_text),)
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_slips(heading, TITLE, [_slip(figures.book_name, one) for one in figures.vouchers], imprint)


def _slip(book_name: str, voucher: VoucherFigures) -> Slip:
    people = (
        (N_("会计主管"), ""), (N_("记账"), ""), (N_("复核"), voucher.checker), (N_("出纳"), ""),
        (N_("制单"), voucher.maker),
    )  # fmt: skip
    lines = tuple(
        SlipLine(line.summary, line.account, line.detail, line.debit_fen, line.credit_fen) for line in voucher.lines
    )
    return Slip(
        book_name, voucher.day, voucher.number, lines, voucher.attachments, people, _footnote(voucher),
        red=bool(voucher.reversal),
    )  # fmt: skip


def _footnote(voucher: VoucherFigures) -> str:
    """Say under a voucher what it was posted for, what it reverses, and what reversed it."""
    words = [N_("来源：%(source)s") % {"source": voucher.source} if voucher.source else ""]
    words.append(N_("冲销 %(number)s") % {"number": voucher.reversal} if voucher.reversal else "")
    words.append(N_("已被 %(number)s 红字冲销") % {"number": voucher.reversed_by} if voucher.reversed_by else "")
    return "；".join(filter(None, words))
