"""确权登记台账: the assets of a region with their holders, certificates, hand-over and entries in other registers."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from sqlalchemy import select

from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import BY_CODE, TitleStatus
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.certificates.queries import certificates_in
from registry.assets.title.certificates.rules import CertificateKind
from registry.database import db
from registry.permissions import Actor
from registry.regions import code_range
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import Holding, list_holdings
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Row, Subtotal, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产确权登记台账")


@dataclass(frozen=True, slots=True)
class TitleRow:
    """One asset as the register of titles shows it."""

    number: str
    name: str
    subtype: str
    owner: str
    original_fen: int
    title: str
    certificate: str
    kind: str
    issued_on: str
    real_estate: str
    handed_over_on: str


@dataclass(frozen=True, slots=True)
class TitleRegister:
    """The figures of a register of titles."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    rows: tuple[TitleRow, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> TitleRegister:
    """Read the standing assets of a unit at the end of a day with what was known of their title then."""
    covers = covered(region_code, actor, on)
    certificates, handed_over = certificates_in(region_code, on), _handed_over(region_code, on)
    return TitleRegister(
        covers.unit_name,
        covers.region_code,
        covers.region_name,
        covers.period_text,
        covers.range_text,
        tuple(
            _row(holding, certificates.get(holding.id), handed_over.get(holding.id))
            for holding in list_holdings(region_code, actor, on)
        ),
    )


def _handed_over(region_code: str, on: date) -> dict[int, date]:
    inside = Asset.region_code.between(*code_range(region_code))
    rows = select(Asset.id, Asset.handed_over_on).where(inside, Asset.handed_over_on <= on)
    return {asset_id: day for asset_id, day in db.session.execute(rows) if day}


def _row(holding: Holding, certificate: TitleCertificate | None, handed_over_on: date | None) -> TitleRow:
    return TitleRow(
        number=holding.asset_no,
        name=holding.name,
        subtype=BY_CODE[holding.subtype].label,
        owner=holding.owner_text,
        original_fen=holding.original_value_fen,
        title=TitleStatus(holding.title_status).label,
        certificate=certificate.number if certificate else "",
        kind=CertificateKind(certificate.kind).label if certificate else "",
        issued_on=certificate.issued_on.isoformat() if certificate else "",
        real_estate=certificate.real_estate_number if certificate else "",
        handed_over_on=handed_over_on.isoformat() if handed_over_on else "",
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("资产编号"), 115, Align.CENTER, Kind.CODE),
        Column(N_("资产名称"), 94),
        Column(N_("子类"), 42, Align.CENTER),
        Column(N_("权利人和份额"), 92),
        Column(N_("原值"), 72, Align.RIGHT, Kind.AMOUNT),
        Column(N_("确权\n情况"), 40, Align.CENTER),
        Column(N_("证书号"), 126),
        Column(N_("发证日期"), 50, Align.CENTER, Kind.CODE),
        Column(N_("不动产\n权证号"), 64.89),
        Column(N_("移交日期"), 50, Align.CENTER, Kind.CODE),
    ),
    summed=(5,),
)


def draw(figures: TitleRegister, imprint: Imprint) -> bytes:
    """Draw the register."""
    heading = Heading(
        title=TITLE,
        part="",
        unit_name=figures.unit_name,
        region_code=figures.region_code,
        facts=((N_("期间"), figures.period_text), (N_("范围"), figures.range_text)),
    )
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: _rows(figures), imprint)


def _rows(figures: TitleRegister) -> Iterator[Row]:
    if not figures.rows:
        yield Note(N_("没有在册资产"))
        return
    for ordinal, row in enumerate(figures.rows, 1):
        yield Line(_cells(ordinal, row))
    titled = sum(row.title == TitleStatus.CONFIRMED.label for row in figures.rows)
    label = N_("%(region)s总计（%(count)s 项，已确权 %(titled)s 项）")
    words = {"region": figures.region_name, "count": len(figures.rows), "titled": titled}
    yield Subtotal(label % words, (sum(row.original_fen for row in figures.rows),))


def _cells(ordinal: int, row: TitleRow) -> tuple[str | int | None, ...]:
    return (
        str(ordinal), row.number, row.name, row.subtype, row.owner, row.original_fen, row.title, row.certificate,
        row.issued_on, row.real_estate, row.handed_over_on,
    )  # fmt: skip


_SHEET_COLUMNS = (
    SheetColumn(N_("资产编号"), width=26),
    SheetColumn(N_("资产名称"), width=30),
    SheetColumn(N_("子类")),
    SheetColumn(N_("权利人和份额"), width=30),
    SheetColumn(N_("原值"), CellKind.AMOUNT, 16),
    SheetColumn(N_("确权情况"), width=10),
    SheetColumn(N_("证书号"), width=30),
    SheetColumn(N_("发证日期"), width=12),
    SheetColumn(N_("不动产权证号"), width=26),
    SheetColumn(N_("移交日期"), width=12),
    SheetColumn(N_("证书种类"), width=24),
)


def sheet(figures: TitleRegister, imprint: Imprint) -> bytes:
    """Write the same rows as a spreadsheet."""
    rows = ((*_cells(0, row)[1:], row.kind) for row in figures.rows)
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    out = BytesIO()
    write_xlsx([WorkSheet(TITLE, _SHEET_COLUMNS, rows, heading)], out)
    return out.getvalue()
