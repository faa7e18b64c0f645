"""移交清单: what a builder hands over to its first owner, asset by asset with its condition, to be signed by both."""

from dataclasses import dataclass
from datetime import date

from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import get_case, list_lines
from registry.assets.title.execution.rules import due_on
from registry.errors import Missing
from registry.kinds import TitleDeed
from registry.money import format_yuan
from registry.permissions import Actor, Permission
from registry.policy.queries import policy_for
from registry.reports.covering import names_on
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import LANDSCAPE, Heading
from registry.reports.parameters import Parameters
from registry.reports.wording import quantity_text
from registry.text import N_

TITLE = N_("扶贫项目资产移交清单")
_SIGNERS = (N_("移交方（签字盖章）："), N_("接收方（签字盖章）："), N_("监交人："))


@dataclass(frozen=True, slots=True)
class HandedOver:
    """One asset of the list."""

    number: str
    name: str
    receiver: str
    quantity: str
    original_fen: int
    accepted_on: str
    due_on: str
    condition: str


@dataclass(frozen=True, slots=True)
class HandOverFigures:
    """The figures of one hand-over."""

    unit_name: str
    region_code: str
    title: str
    giver: str
    receiver: str
    agreed_on: str
    document_no: str
    rows: tuple[HandedOver, ...]

    def digest(self) -> str:
        """Digest these figures."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> HandOverFigures:
    """Read the list of a hand-over. Raises Missing."""
    case = get_case(parameters.case_id, actor, Permission.PRINT)
    if case.region_code != region_code or case.kind is not TitleDeed.HAND_OVER:
        raise Missing
    lines = [line for line in list_lines(case.id) if line.is_in]
    names = names_on(case.region_code, on)
    return HandOverFigures(
        unit_name="　".join(names[1:] or names),
        region_code=case.region_code,
        title=case.title,
        giver=case.giver,
        receiver="；".join(dict.fromkeys(owner.party.name for line in lines for owner in line.owners)),
        agreed_on=case.approved_on.isoformat() if case.approved_on else "",
        document_no=case.document_no,
        rows=tuple(_row(case, line) for line in lines),
    )


def _row(case: TitleCase, line: TitleLine) -> HandedOver:
    asset = line.asset
    accepted = asset.accepted_on
    policy = policy_for(case.region_code, case.opened_at.date())
    found = (line.state_of_asset.label if line.state_of_asset else "", line.condition_note)
    return HandedOver(
        number=asset.asset_no,
        name=asset.name,
        receiver="；".join(owner.party.name for owner in line.owners),
        quantity=quantity_text(asset.quantity_milli, asset.unit),
        original_fen=asset.original_value_fen,
        accepted_on=accepted.isoformat() if accepted else "",
        due_on=due_on(accepted, policy).isoformat() if accepted else "",
        condition="，".join(filter(None, found)),
    )


def draw(figures: HandOverFigures, imprint: Imprint) -> bytes:
    """Draw the list, with lines for both parties and the witness."""
    heading = Heading(
        title=TITLE, part=figures.title, unit_name=figures.unit_name, region_code=figures.region_code,
        signers=_SIGNERS,
    )  # fmt: skip
    return draw_blocks(LANDSCAPE, heading, [_facts(figures), _list(figures)], imprint)


def _facts(figures: HandOverFigures) -> Block:
    columns = (BlockColumn("", 12), BlockColumn("", 38), BlockColumn("", 12), BlockColumn("", 38))
    rows = (
        (N_("移交方"), figures.giver, N_("接收方"), figures.receiver),
        (N_("同意日期"), figures.agreed_on or "—", N_("依据文号"), figures.document_no or "—"),
    )
    return Block(N_("移交双方"), columns, rows, quiet=(0, 2))


def _list(figures: HandOverFigures) -> Block:
    columns = (
        BlockColumn(N_("序号"), 5, Align.CENTER),
        BlockColumn(N_("资产编号"), 19, Align.CENTER),
        BlockColumn(N_("资产名称"), 22),
        BlockColumn(N_("数量"), 8, Align.RIGHT),
        BlockColumn(N_("原值"), 13, Align.RIGHT),
        BlockColumn(N_("验收日期"), 9, Align.CENTER),
        BlockColumn(N_("移交期限"), 9, Align.CENTER),
        BlockColumn(N_("移交时状况"), 15),
    )
    rows = tuple(
        (
            str(ordinal), row.number, row.name, row.quantity, format_yuan(row.original_fen), row.accepted_on or "—",
            row.due_on or "—", row.condition,
        )
        for ordinal, row in enumerate(figures.rows, 1)
    )  # fmt: skip
    count = N_("合计（%(count)s 项）") % {"count": len(figures.rows)}
    total = ("", "", count, "", format_yuan(sum(row.original_fen for row in figures.rows)), "", "", "")
    return Block(N_("移交的资产"), columns, rows, total)
