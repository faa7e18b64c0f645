"""记账凭证: posted vouchers of a book, two to a sheet, with the amount in words and the people who answer for them."""

from dataclasses import dataclass

from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.sheet import Heading
from registry.reports.paper.slips import Slip, SlipLine, draw_slips
from registry.text import N_

TITLE = N_("记账凭证")
_SIGNERS = (N_("装订人："), N_("会计主管："), N_("单位负责人："))


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
