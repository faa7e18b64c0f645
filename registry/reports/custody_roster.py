"""管护台账: who looks after each asset of a unit, on which terms, and who holds its public posts."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from registry.assets.custody.agreements.models import CustodyAgreement
from registry.assets.custody.kinds import CustodianKind, PayPeriod, PaySource
from registry.assets.custody.overview.queries import KeptBy, custodians_on, last_patrols_on
from registry.assets.custody.posts.models import PublicPost
from registry.assets.custody.posts.queries import list_in_office, masked_number
from registry.assets.register.categories import BY_CODE
from registry.assets.register.registration import Stage
from registry.kinds import Category
from registry.permissions import Actor, Permission
from registry.reports.covering import covered
from registry.reports.heading import sheet_heading
from registry.reports.holdings import Holding, list_holdings, unit_names
from registry.reports.paper.drawing import draw_table
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.paper.table import Column, Kind, Line, Note, Part, Row, Table
from registry.reports.parameters import Parameters
from registry.spreadsheet import CellKind, SheetColumn, WorkSheet, write_xlsx
from registry.text import N_

TITLE = N_("扶贫项目资产管护台账")
_PARTS = (N_("第一部分　资产管护"), N_("第二部分　公益性岗位人员"))


@dataclass(frozen=True, slots=True)
class KeptLine:
    """One asset and who looks after it; without a custodian the words are empty."""

    number: str
    name: str
    subtype: str
    unit_name: str
    custodian: str
    kind: str
    since: str
    until: str
    frequency: str
    pay_fen: int | None
    pay_words: str
    last_patrol: str


@dataclass(frozen=True, slots=True)
class PostLine:
    """One person in a public post; of the identity number the last four characters."""

    number: str
    title: str
    unit_name: str
    name: str
    head: str
    since: str
    until: str
    pay_fen: int
    pay_words: str


@dataclass(frozen=True, slots=True)
class CustodyRoster:
    """The figures of a custody roster. Household assets are the households' and stand on none."""

    unit_name: str
    region_code: str
    region_name: str
    period_text: str
    range_text: str
    assets: tuple[KeptLine, ...]
    posts: tuple[PostLine, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> CustodyRoster:
    """Read who looked after what in a unit at the end of a day. Raises Missing for a unit out of reach."""
    covers, names = covered(region_code, actor, on), unit_names(region_code, on)
    kept, seen = custodians_on(region_code, on), last_patrols_on(region_code, on)
    assets = tuple(
        _kept_line(one, kept.get(one.id), seen.get(one.id), names)
        for one in list_holdings(region_code, actor, on)
        if one.category != Category.HOUSEHOLD and one.stage == Stage.CONFIRMED
    )
    posts = tuple(_post_line(one, names) for one in list_in_office(region_code, actor, Permission.PRINT, on))
    return CustodyRoster(
        covers.unit_name, covers.region_code, covers.region_name, covers.period_text, covers.range_text, assets, posts
    )


def _kept_line(holding: Holding, kept: KeptBy | None, seen: date | None, names: dict[str, str]) -> KeptLine:
    agreed = kept.agreement if kept else None
    return KeptLine(
        number=holding.asset_no,
        name=holding.name,
        subtype=BY_CODE[holding.subtype].label,
        unit_name=names[holding.region_code],
        custodian=kept.name if kept else "",
        kind=CustodianKind(agreed.kind).label if agreed else "",
        since=kept.valid_from.isoformat() if kept else "",
        until=agreed.ends_on.isoformat() if agreed else "",
        frequency=N_("每 %(n)s 月") % {"n": agreed.frequency_months} if agreed else "",
        pay_fen=agreed.pay_fen if agreed and agreed.pay_fen else None,
        pay_words=_pay_words(agreed),
        last_patrol=seen.isoformat() if seen else "",
    )


def _pay_words(agreed: CustodyAgreement | None) -> str:
    if agreed is None or not agreed.pay_fen:
        return ""
    return f"{PayPeriod(agreed.pay_period).label}，{PaySource(agreed.pay_source).label}"


def _post_line(post: PublicPost, names: dict[str, str]) -> PostLine:
    return PostLine(
        number=masked_number(post),
        title=post.title,
        unit_name=names[post.region_code],
        name=post.name,
        head=post.head_name,
        since=post.starts_on.isoformat(),
        until=post.ends_on.isoformat(),
        pay_fen=post.pay_fen,
        pay_words=f"{PayPeriod.MONTH.label}，{PaySource(post.pay_source).label}",
    )


_TABLE = Table(
    columns=(
        Column(N_("序号"), 28, Align.CENTER, Kind.CODE),
        Column(N_("资产编号\n（岗位：证件后四位）"), 117, Align.CENTER, Kind.CODE),
        Column(N_("资产名称\n（岗位名称）"), 118),
        Column(N_("子类\n（户主）"), 52, Align.CENTER),
        Column(N_("单位"), 62, Align.CENTER),
        Column(N_("管护人"), 74),
        Column(N_("方式"), 66, Align.CENTER),
        Column(N_("起始"), 52, Align.CENTER, Kind.CODE),
        Column(N_("到期"), 52, Align.CENTER, Kind.CODE),
        Column(N_("巡查"), 34, Align.CENTER, Kind.CODE),
        Column(N_("报酬"), 52, Align.RIGHT, Kind.AMOUNT),
        Column(N_("报酬按、\n来源"), 66.89),
    ),
)


def draw(figures: CustodyRoster, imprint: Imprint) -> bytes:
    """Draw the roster: the assets, then the people in public posts on a new sheet."""
    facts = ((N_("期间"), figures.period_text), (N_("范围"), figures.range_text))
    heading = Heading(TITLE, "", figures.unit_name, figures.region_code, facts)
    return draw_table(LANDSCAPE, heading, _TABLE, lambda: roster_rows(figures), imprint)


def roster_rows(figures: CustodyRoster) -> Iterator[Row]:
    """Lay out both parts, each with how many it holds."""
    yield Part(_PARTS[0])
    for ordinal, one in enumerate(figures.assets, 1):
        yield Line((
            str(ordinal), one.number, one.name, one.subtype, one.unit_name, one.custodian or N_("未落实"),
            one.kind or None, one.since or None, one.until or None, one.frequency or None, one.pay_fen,
            one.pay_words or None,
        ))  # fmt: skip
    kept = sum(bool(one.custodian) for one in figures.assets)
    counted = {"all": len(figures.assets), "kept": kept, "left": len(figures.assets) - kept}
    yield Note(N_("共 %(all)s 项，已落实管护人 %(kept)s 项，未落实 %(left)s 项；不含到户类资产") % counted)
    yield Part(_PARTS[1])
    for ordinal, post in enumerate(figures.posts, 1):
        yield Line((
            str(ordinal), post.number, post.title, post.head, post.unit_name, post.name,
            CustodianKind.PUBLIC_POST.label, post.since, post.until, None, post.pay_fen, post.pay_words,
        ))  # fmt: skip
    yield Note(N_("共 %(count)s 人") % {"count": len(figures.posts)})


_SHEET_COLUMNS = (
    SheetColumn(N_("资产编号"), width=26),
    SheetColumn(N_("资产名称"), width=30),
    SheetColumn(N_("子类")),
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("管护人"), width=16),
    SheetColumn(N_("方式"), width=16),
    SheetColumn(N_("起始"), width=12),
    SheetColumn(N_("到期"), width=12),
    SheetColumn(N_("巡查周期"), width=10),
    SheetColumn(N_("报酬"), CellKind.AMOUNT, 14),
    SheetColumn(N_("报酬按、来源"), width=20),
    SheetColumn(N_("上次巡查"), width=12),
)
_POST_COLUMNS = (
    SheetColumn(N_("证件后四位"), width=22),
    SheetColumn(N_("岗位"), width=20),
    SheetColumn(N_("单位"), width=16),
    SheetColumn(N_("姓名"), width=12),
    SheetColumn(N_("户主"), width=12),
    SheetColumn(N_("起始"), width=12),
    SheetColumn(N_("到期"), width=12),
    SheetColumn(N_("报酬"), CellKind.AMOUNT, 14),
    SheetColumn(N_("报酬按、来源"), width=20),
)


def sheet(figures: CustodyRoster, imprint: Imprint) -> bytes:
    """Write the same lines as a spreadsheet of two sheets."""
    heading = (TITLE, *sheet_heading(figures.unit_name, figures.period_text, figures.range_text, imprint))
    assets = (
        (
            one.number, one.name, one.subtype, one.unit_name, one.custodian, one.kind, one.since, one.until,
            one.frequency, one.pay_fen, one.pay_words, one.last_patrol,
        )
        for one in figures.assets
    )  # fmt: skip
    posts = (
        (one.number, one.title, one.unit_name, one.name, one.head, one.since, one.until, one.pay_fen, one.pay_words)
        for one in figures.posts
    )
    out = BytesIO()
    sheets = [
        WorkSheet(N_("资产管护"), _SHEET_COLUMNS, assets, heading),
        WorkSheet(N_("公益性岗位"), _POST_COLUMNS, posts, heading),
    ]
    write_xlsx(sheets, out)
    return out.getvalue()
