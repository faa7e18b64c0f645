"""收益分配发放表: who is paid what in an instalment, with room to sign or set a thumb, and the amount in words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import select

from registry.bulk import chunks
from registry.database import db
from registry.errors import Conflict, Missing
from registry.ledger.distribution.payout.models import PayoutLine
from registry.ledger.distribution.payout.queries import all_order_lines, get_order
from registry.ledger.distribution.payout.rules import STANDING, Method
from registry.ledger.distribution.plans.models import PlanLine
from registry.money import capital_amount
from registry.parties.households.models import Household, Person
from registry.parties.households.queries import masked_number, masked_of
from registry.permissions import Actor, Permission
from registry.reports.bookkeeping import person_of
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Subtotal, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("收益分配发放表")
_SIGNERS = (N_("制表人："), N_("复核人："), N_("发放人："), N_("监督人："))
#: What is shown of an identity number.
_SHOWN = 4
#: A thumb needs a centimetre.
_TALL = 29.0


@dataclass(frozen=True, slots=True)
class PayoutRow:
    """One payment: whose name is signed, the last four of the identity number, for what, how much (fen)."""

    serial: int
    payee: str
    on_behalf: str
    masked_id: str
    group_name: str
    use: str
    months: str
    amount_fen: int
    state: str


@dataclass(frozen=True, slots=True)
class PayoutSheet:
    """The figures of one order of payment."""

    unit_name: str
    region_code: str
    number: str
    plan_title: str
    instalment_text: str
    method: str
    released_by: str
    rows: tuple[PayoutRow, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


class NotStanding(Conflict):
    """Nobody signs for an order that was sent back or cancelled."""

    message = N_("这张发放单已退回或取消，不能打印发放表。")


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> PayoutSheet:
    """Read one order of payment. Raises Missing, NotStanding."""
    order = get_order(parameters.order_id, actor, Permission.PRINT)
    if order.region_code != region_code:
        raise Missing
    if order.state not in STANDING:
        raise NotStanding
    pairs = all_order_lines(order.id)
    numbers = _numbers([agreed for _, agreed in pairs])
    return PayoutSheet(
        unit_name=covered(region_code, actor, on).unit_name,
        region_code=region_code,
        number=order.number,
        plan_title=order.plan.title,
        instalment_text=N_("第 %(number)s 期") % {"number": order.instalment},
        method=Method(order.method).label,
        released_by=person_of(order.released_by_text),
        rows=tuple(_row(line, agreed, numbers.get(_payee(agreed), "")) for line, agreed in pairs),
    )


def _payee(agreed: PlanLine) -> str:
    """Name who is paid by table and number; empty for an amount that is spent as a whole."""
    return agreed.payee or (f"household/{agreed.beneficiary}" if agreed.beneficiary else "")


def _numbers(lines: list[PlanLine]) -> dict[str, str]:
    """Return the last four characters of the payees' identity numbers."""
    keys = {_payee(line).partition("/")[::2] for line in lines}
    found: dict[str, str] = {}
    for some in chunks(sorted(int(number) for table, number in keys if table == "household")):
        for one in db.session.scalars(select(Household).where(Household.id.in_(some))):
            found[f"household/{one.id}"] = masked_of(one).resident_id[-_SHOWN:]
    for some in chunks(sorted(int(number) for table, number in keys if table == "person")):
        for who in db.session.scalars(select(Person).where(Person.id.in_(some))):
            found[f"person/{who.id}"] = masked_number(who)[-_SHOWN:]
    return found


def _row(line: PayoutLine, agreed: PlanLine, masked_id: str) -> PayoutRow:
    return PayoutRow(
        serial=line.serial,
        payee=agreed.payee_name,
        on_behalf=agreed.head_name if agreed.head_name != agreed.payee_name else "",
        masked_id=masked_id,
        group_name=agreed.group_name,
        use=agreed.use.label,
        months=f"{agreed.months}/{agreed.of_months}",
        amount_fen=line.amount_fen,
        state=line.state.label,
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("领款人"), 74, Align.CENTER),
        Column(N_("代领（户主）"), 74, Align.CENTER),
        Column(N_("身份证\n后四位"), 50, Align.CENTER, Kind.CODE),
        Column(N_("组别"), 54, Align.CENTER),
        Column(N_("分配项目"), 120),
        Column(N_("享受\n月数"), 44, Align.CENTER, Kind.CODE),
        Column(N_("金额"), 84, Align.RIGHT, Kind.AMOUNT),
        Column(N_("签名"), 96),
        Column(N_("按手印"), 62),
        Column(N_("领款日期"), 87.89),
    ),
    summed=(7,),
    counted=N_("笔"),
    row_height=_TALL,
)


def draw(figures: PayoutSheet, imprint: Imprint) -> bytes:
    """Draw the sheet to be signed."""
    facts = (
        (N_("发放单号"), figures.number), (N_("期次"), figures.instalment_text), (N_("发放方式"), figures.method),
        (N_("复核放行"), figures.released_by or N_("尚未放行")),
    )  # fmt: skip
    heading = Heading(TITLE, figures.plan_title, figures.unit_name, figures.region_code, facts, signers=_SIGNERS)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: PayoutSheet) -> Iterator[Row]:
    for row in figures.rows:
        yield Line((
            str(row.serial), row.payee, row.on_behalf, row.masked_id, row.group_name, row.use, row.months,
            row.amount_fen, "", "", "",
        ))  # fmt: skip
    total = sum(row.amount_fen for row in figures.rows)
    yield Subtotal(N_("合计（%(count)s 笔）") % {"count": f"{len(figures.rows):,}"}, (total,))
    yield Note(N_("合计（大写）：%(words)s") % {"words": capital_amount(total)})


_SHEET_COLUMNS = (
    SheetColumn(N_("序号"), CellKind.COUNT, 8),
    SheetColumn(N_("领款人"), width=14),
    SheetColumn(N_("代领（户主）"), width=14),
    SheetColumn(N_("身份证后四位"), width=12),
    SheetColumn(N_("组别"), width=12),
    SheetColumn(N_("分配项目"), width=26),
    SheetColumn(N_("享受月数"), width=10),
    SheetColumn(N_("金额"), CellKind.AMOUNT, 14),
    SheetColumn(N_("状态"), width=12),
)


def sheet(figures: PayoutSheet, imprint: Imprint) -> bytes:
    """Write the same payments as a spreadsheet."""
    rows: Iterator[tuple[Cell, ...]] = (
        (
            row.serial, row.payee, row.on_behalf, row.masked_id, row.group_name, row.use, row.months, row.amount_fen,
            row.state,
        )
        for row in figures.rows
    )  # fmt: skip
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.instalment_text, figures.plan_title, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
