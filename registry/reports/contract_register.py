"""合同台账: the contracts of a unit with operator, term, rent, and what was due, received and is owed."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import func, or_, select

from registry.assets.register.rules import percent
from registry.database import db
from registry.ledger.operation.contracts.kinds import AwardWay, ContractStatus, Phase
from registry.ledger.operation.contracts.models import Contract
from registry.ledger.operation.contracts.queries import list_assets_of
from registry.ledger.operation.kinds import RentKind
from registry.ledger.operation.receipts.kinds import IncomeKind
from registry.ledger.operation.receipts.models import IncomeRow
from registry.permissions import Actor, Permission
from registry.regions import code_range
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import unit_names
from registry.reports.owing import assets_text, dues_within
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Cell, Column, Kind, Line, Note, Row, Subtotal, Table
from registry.reports.parameters import Parameters
from registry.scope import within
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产经营合同台账")
_DEPOSITS = (IncomeKind.DEPOSIT_TAKEN.value, IncomeKind.DEPOSIT_RETURNED.value)


@dataclass(frozen=True, slots=True)
class ContractLine:
    """One contract as it stood; amounts in fen, ``yearly_fen`` is what the first year costs."""

    number: str
    name: str
    assets: str
    owners: str
    operator: str
    mode: str
    award: str
    starts_on: str
    ends_on: str
    rent: str
    yearly_fen: int | None
    deposit_fen: int | None
    due_fen: int
    received_fen: int
    owed_fen: int
    phase: str
    unit_name: str


@dataclass(frozen=True, slots=True)
class ContractRegister:
    """The figures of a register of contracts."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    lines: tuple[ContractLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> ContractRegister:
    """Read the contracts of a unit, and those its owners have a part in, that were signed by a day. Raises Missing."""
    covers = covered(region_code, actor, on, N_("已签订的合同"))
    codes, units = code_range(region_code), unit_names(region_code, on)
    rows = select(Contract).where(
        within(Contract, actor, Permission.PRINT),
        or_(Contract.region_code.between(*codes), Contract.co_owned_in(codes)),
        Contract.signed_on <= on,
        Contract.status != ContractStatus.VOID.value,
    )
    owed, received = _owed(region_code, actor, on), _received(region_code, on)
    contracts = db.session.scalars(rows.order_by(Contract.number))
    return ContractRegister(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        tuple(_line(one, on, units, owed[one.id], received.get(one.id, 0)) for one in contracts),
    )


@dataclass(slots=True)
class _Owed:
    due_fen: int = 0
    owed_fen: int = 0


def _owed(region_code: str, actor: Actor, on: date) -> dict[int | None, _Owed]:
    found = defaultdict[int | None, _Owed](_Owed)
    for one in dues_within(region_code, actor, on):
        held = found[one.due.contract_id]
        held.due_fen, held.owed_fen = held.due_fen + one.due_fen, held.owed_fen + one.owed_fen
    return found


def _received(region_code: str, on: date) -> dict[int, int]:
    """Return what owners of the unit had received under each contract by a day; deposits are not theirs."""
    rows = select(IncomeRow.contract_id, func.sum(IncomeRow.amount_fen)).where(
        IncomeRow.contract_id.is_not(None),
        IncomeRow.region_code.between(*code_range(region_code)),
        IncomeRow.received_on <= on,
        IncomeRow.kind.not_in(_DEPOSITS),
    )
    return {key: int(fen) for key, fen in db.session.execute(rows.group_by(IncomeRow.contract_id)) if key is not None}


def _line(one: Contract, on: date, units: dict[str, str], owed: _Owed, received_fen: int) -> ContractLine:
    assets = [asset for _, asset in list_assets_of(one)]
    return ContractLine(
        number=one.number,
        name=one.name,
        assets=assets_text({asset.id: asset.name for asset in assets}, [asset.id for asset in assets]),
        owners="；".join(f"{share.party.name} {percent(share.share_bp)}%" for share in one.shares),
        operator=one.operator_name,
        mode=one.way.label,
        award=AwardWay(one.award).label,
        starts_on=one.starts_on.isoformat(),
        ends_on=one.ends_on.isoformat(),
        rent=_rent(one),
        yearly_fen=one.yearly_fen or None,
        deposit_fen=one.deposit_fen or None,
        due_fen=owed.due_fen,
        received_fen=received_fen,
        owed_fen=owed.owed_fen,
        phase=_phase(one, on),
        unit_name=units.get(one.region_code, ""),
    )


def _rent(one: Contract) -> str:
    """Say how the rent is fixed and when it is paid."""
    share = N_("分成 %(percent)s%%") % {"percent": percent(one.share_bp)} if one.rent is not RentKind.FIXED else ""
    fixed = one.pays.label if one.yearly_fen else ""
    return "，".join(filter(None, (share, fixed))) or N_("自营")


def _phase(one: Contract, on: date) -> str:
    """Say what a contract was on a day."""
    if one.ended_on is not None and one.ended_on <= on:
        return one.state.label
    return (Phase.EXPIRED if one.ends_on < on else Phase.RUNNING).label


_TABLE = Table(
    columns=(
        Column(N_("序号"), 22, Align.CENTER, Kind.CODE),
        Column(N_("合同编号"), 92, Align.CENTER, Kind.CODE),
        Column(N_("合同名称"), 84),
        Column(N_("资产"), 70),
        Column(N_("经营（承租）方"), 78),
        Column(N_("经营\n方式"), 34, Align.CENTER),
        Column(N_("起"), 44, Align.CENTER, Kind.CODE, N_("合同期限")),
        Column(N_("止"), 44, Align.CENTER, Kind.CODE, N_("合同期限")),
        Column(N_("计租方式"), 44, Align.CENTER),
        Column(N_("年租金"), 58, Align.RIGHT, Kind.AMOUNT),
        Column(N_("押金"), 50, Align.RIGHT, Kind.AMOUNT),
        Column(N_("已收"), 60, Align.RIGHT, Kind.AMOUNT, N_("截至本日")),
        Column(N_("欠款"), 54, Align.RIGHT, Kind.AMOUNT, N_("截至本日")),
        Column(N_("状态"), 39.89, Align.CENTER),
    ),
    summed=(9, 10, 11, 12),
    counted=N_("份"),
)


def draw(figures: ContractRegister, imprint: Imprint) -> bytes:
    """Draw the register in the order of the contracts' numbers."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: ContractRegister) -> Iterator[Row]:
    if not figures.lines:
        yield Note(N_("没有合同"))
        return
    for ordinal, line in enumerate(figures.lines, 1):
        yield Line(_cells(ordinal, line))
    held = figures.lines
    label = N_("%(region)s总计（%(count)s 份）") % {"region": figures.region_name, "count": len(held)}
    yield Subtotal(
        label,
        (
            sum(line.yearly_fen or 0 for line in held), sum(line.deposit_fen or 0 for line in held),
            sum(line.received_fen for line in held), sum(line.owed_fen for line in held) or None,
        ),
    )  # fmt: skip


def _cells(ordinal: int, line: ContractLine) -> tuple[Cell, ...]:
    return (
        str(ordinal), line.number, line.name, line.assets, line.operator, line.mode, line.starts_on, line.ends_on,
        line.rent, line.yearly_fen, line.deposit_fen, line.received_fen, line.owed_fen or None, line.phase,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("合同编号"), width=26),
    SheetColumn(N_("合同名称"), width=30),
    SheetColumn(N_("资产"), width=30),
    SheetColumn(N_("经营（承租）方"), width=26),
    SheetColumn(N_("经营方式"), width=12),
    SheetColumn(N_("起始"), width=12),
    SheetColumn(N_("到期"), width=12),
    SheetColumn(N_("计租方式"), width=18),
    SheetColumn(N_("年租金"), CellKind.AMOUNT, 14),
    SheetColumn(N_("押金"), CellKind.AMOUNT, 14),
    SheetColumn(N_("累计已收"), CellKind.AMOUNT, 14),
    SheetColumn(N_("欠款"), CellKind.AMOUNT, 14),
    SheetColumn(N_("状态"), width=14),
    SheetColumn(N_("累计应收"), CellKind.AMOUNT, 14),
    SheetColumn(N_("所有权人"), width=26),
    SheetColumn(N_("选择经营方"), width=16),
    SheetColumn(N_("管理单位"), width=16),
)


def sheet(figures: ContractRegister, imprint: Imprint) -> bytes:
    """Write the same contracts as a spreadsheet."""
    rows = ((*_cells(0, line)[1:], line.due_fen, line.owners, line.award, line.unit_name) for line in figures.lines)
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
