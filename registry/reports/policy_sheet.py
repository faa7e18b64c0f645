"""政策参数与流程表: what is required in a unit on a day, who set it, from when and on what basis."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from registry.permissions import Actor
from registry.places.queries import name_of_on
from registry.places.rules import short_name
from registry.policy.overview import ShownRoute, ShownStep, ShownValue, overview_of
from registry.policy.values import say_value
from registry.reports.covering import check_region, names_on
from registry.reports.paper.blocks import Block, BlockColumn, draw_blocks
from registry.reports.paper.imprint import Imprint, figures_digest
from registry.reports.paper.pen import Align
from registry.reports.paper.sheet import PORTRAIT, Heading
from registry.reports.parameters import Parameters
from registry.text import N_

TITLE = N_("政策参数与流程表")
EXAMPLE = N_("示例，须由区县核定")
_BY_STATUTE = N_("按法规、文件")
_BY_BOUND = N_("市里定的限度")


@dataclass(frozen=True, slots=True)
class SheetValue:
    """One parameter as the paper says it."""

    label: str
    value: str
    set_by: str
    since: str
    basis: str


@dataclass(frozen=True, slots=True)
class SheetGroup:
    """The parameters under one heading."""

    title: str
    values: tuple[SheetValue, ...]


@dataclass(frozen=True, slots=True)
class SheetStep:
    """One step as the paper says it."""

    label: str
    sentence: str
    papers: str
    fixed: bool


@dataclass(frozen=True, slots=True)
class SheetRoute:
    """One procedure with its steps."""

    title: str
    set_by: str
    since: str
    basis: str
    steps: tuple[SheetStep, ...]


@dataclass(frozen=True, slots=True)
class PolicySheet:
    """The policy of a unit on a day."""

    unit_name: str
    region_code: str
    period_text: str
    examples: int
    routes: tuple[SheetRoute, ...]
    groups: tuple[SheetGroup, ...]

    def digest(self) -> str:
        """Digest what the paper says."""
        return figures_digest(self)


def collect(region_code: str, parameters: Parameters, *, actor: Actor, on: date) -> PolicySheet:
    """Read what was required in a unit on a day. Raises Missing for a unit out of reach."""
    check_region(region_code, actor)
    names, shown = names_on(region_code, on), overview_of(region_code, on)
    return PolicySheet(
        "　".join(names[1:] or names),
        region_code,
        N_("%(day)s 执行的规定") % {"day": on.isoformat()},
        shown.examples,
        tuple(_route(one) for one in shown.routes),
        tuple(SheetGroup(group.label, tuple(_value(one) for one in rows)) for group, rows in shown.groups),
    )


def _value(one: ShownValue) -> SheetValue:
    held, row = one.standing, one.standing.bound_by or one.standing.set_by
    value = str(say_value(one.parameter, held.value))
    if row is None:
        set_by = EXAMPLE if held.is_example else _BY_STATUTE
        return SheetValue(one.parameter.label, value, set_by, "", one.definition.basis)
    set_by = _BY_BOUND if held.bound_by else _unit(row.region_code, one.on)
    return SheetValue(one.parameter.label, value, set_by, row.effective_on.isoformat(), row.document)


def _route(one: ShownRoute) -> SheetRoute:
    row, steps = one.standing.set_by, tuple(_step(step) for step in one.steps)
    if row is None:
        return SheetRoute(one.route.label, EXAMPLE, "", one.route.basis, steps)
    return SheetRoute(
        one.route.label, _unit(row.region_code, one.on), row.effective_on.isoformat(), row.document, steps
    )


def _step(step: ShownStep) -> SheetStep:
    sentence = step.sentence % {"who": step.seat.label, "days": step.days}
    papers = [paper.label for paper in step.papers]
    each = [N_("每个共有单位各办一次")] if step.each_owner else []
    return SheetStep(step.label, sentence, "、".join([*papers, *each]), step.fixed)


def _unit(region_code: str, on: date) -> str:
    return short_name(name_of_on(region_code, on))


def draw(figures: PolicySheet, imprint: Imprint) -> bytes:
    """Draw procedures and values, upright, on as many sheets as they need."""
    heading = Heading(
        title=TITLE,
        part=N_("%(count)s 项尚未由区县核定") % {"count": figures.examples} if figures.examples else "",
        unit_name=figures.unit_name,
        region_code=figures.region_code,
        facts=((N_("期间"), figures.period_text),),
        money_unit="",
    )
    return draw_blocks(PORTRAIT, heading, list(_blocks(figures)), imprint)


def _blocks(figures: PolicySheet) -> Iterator[Block]:
    steps = (
        BlockColumn(N_("次序"), 7, Align.CENTER),
        BlockColumn(N_("环节"), 22),
        BlockColumn(N_("谁办、几天"), 44),
        BlockColumn(N_("必备材料"), 18),
        BlockColumn(N_("必经"), 9, Align.CENTER),
    )
    for route in figures.routes:
        rows = tuple(
            (str(number), step.label, step.sentence, step.papers, N_("必经") if step.fixed else "")
            for number, step in enumerate(route.steps, 1)
        )
        told = "，".join(filter(None, (route.set_by, route.since, route.basis)))
        yield Block(route.title, steps, rows, ("", N_("依据"), told, "", ""))
    values = (
        BlockColumn(N_("事项"), 25),
        BlockColumn(N_("规定"), 21),
        BlockColumn(N_("谁定的"), 17),
        BlockColumn(N_("从何时起"), 11, Align.CENTER),
        BlockColumn(N_("依据"), 26),
    )
    for group in figures.groups:
        yield Block(
            group.title,
            values,
            tuple((one.label, one.value, one.set_by, one.since, one.basis) for one in group.values),
        )
