"""Scheme and evidence as they are frozen: canonical text, and back. Pure."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from typing import cast

from registry.audit.canonical import JsonValue, decode, encode
from registry.kinds import Category
from registry.policy.parameters import SupportFrom
from registry.supervision.evaluation.criteria import (
    BY_CRITERION,
    Criterion,
    Fact,
    How,
    Mark,
    Measured,
    Scheme,
    rules_for,
)
from registry.supervision.evaluation.figures import WARNED
from registry.supervision.warnings.risks import Risk
from registry.text import N_

#: What the facts of the evidence are called. Endings say how one is written: _fen, _bp, _on.
FACT_LABELS: dict[str, str] = {
    "status": N_("确权状态"),
    "certificate": N_("证书"),
    "custodian": N_("管护人"),
    "agreement": N_("协议"),
    "every_months": N_("巡查周期（月）"),
    "periods": N_("应巡查期数"),
    "patrolled": N_("已巡查期数"),
    "due": N_("应修"),
    "in_time": N_("按期"),
    "income_fen": N_("年收益（元）"),
    "value_fen": N_("原值（元）"),
    "benchmark_bp": N_("基准收益率"),
    "reached_bp": N_("收益率"),
    "months": N_("持有月数"),
    "due_fen": N_("应收（元）"),
    "received_fen": N_("实收（元）"),
    "patrols": N_("巡查次数"),
    "normal": N_("正常次数"),
    "plans": N_("分配方案"),
    "agreed_on": N_("方案通过"),
    "deadline_on": N_("分配期限"),
    "paid": N_("发放完毕"),
    "households": N_("应发户数"),
    "reached": N_("已发户数"),
    "notices_due": N_("应定期公开次数"),
    "notices_in_time": N_("按时公开次数"),
    "public": N_("资产公开"),
    "findings": N_("发现问题"),
    "checked_off": N_("已销号"),
    "open": N_("未销号"),
    "arrears_fen": N_("逾期欠款（元）"),
    "lacking": N_("不适用原因"),
    "warned": N_("尚未消除的预警"),
    **{f"{WARNED}{risk.value}": risk.label for risk in Risk},
}


def digest_of(text: str) -> str:
    """Return the digest of a frozen text."""
    return hashlib.sha256(text.encode()).hexdigest()


def evidence_text(marks: Iterable[Mark]) -> str:
    """Write the evidence of one asset: per criterion its points, where they come from, and the figures."""
    return encode([_mark_json(mark) for mark in marks])


def _mark_json(mark: Mark) -> JsonValue:
    measured = mark.measured
    return {
        "criterion": mark.criterion.value, "points": mark.points, "how": mark.how.value, "done": measured.done,
        "of": measured.of, "facts": dict(measured.facts),
    }  # fmt: skip


def marks_in(text: str) -> list[Mark]:
    """Read frozen evidence, in the order of the scheme."""
    return [_mark_in(cast("Mapping[str, JsonValue]", row)) for row in cast("list[JsonValue]", decode(text))]


def _mark_in(row: Mapping[str, JsonValue]) -> Mark:
    facts = cast("Mapping[str, Fact]", row["facts"])
    measured = Measured(_number(row["done"]), _number(row["of"]), tuple(facts.items()))
    return Mark(Criterion(str(row["criterion"])), _number(row["points"]), How(str(row["how"])), measured)


def _number(value: JsonValue) -> int:
    return cast("int", value)


def scheme_text(scheme: Scheme) -> str:
    """Write a scheme as it is frozen with an evaluation."""
    return encode({
        "points": {criterion.value: points for criterion, points in scheme.points.items()},
        "excellent": scheme.excellent, "good": scheme.good, "fair": scheme.fair, "least": scheme.least,
        "yield_bp": scheme.yield_bp, "support": scheme.support.value,
    })  # fmt: skip


def scheme_in(text: str) -> Scheme:
    """Read a frozen scheme."""
    row = cast("Mapping[str, JsonValue]", decode(text))
    points = cast("Mapping[str, int]", row["points"])
    return Scheme(
        {Criterion(key): value for key, value in points.items()}, _number(row["excellent"]), _number(row["good"]),
        _number(row["fair"]), _number(row["least"]), _number(row["yield_bp"]), SupportFrom(str(row["support"])),
    )  # fmt: skip


def table_of(scheme: Scheme, category: Category) -> Sequence[tuple[str, str, int, str, str]]:
    """Return the scheme of a category as it is read: heading, criterion, points (hundredths), how, basis."""
    return [
        (rule.dimension, rule.criterion.label, scheme.points[rule.criterion], rule.how, rule.basis)
        for rule in rules_for(category)
    ]


def dimension_of(criterion: Criterion) -> str:
    """Return the heading under which a criterion stands."""
    return BY_CRITERION[criterion].dimension
