"""What a reader compares with a paper in hand: a few figures of each report, told from its kept figures."""

from registry.money import format_yuan
from registry.reports import (
    asset_card,
    classified_ledger,
    custody_roster,
    hand_over_sheet,
    labels,
    notice_poster,
    patrol_sheet,
    policy_sheet,
    summary,
    title_certificate,
    title_register,
)
from registry.text import N_

#: What a reader compares with the paper: label and value.
Glance = tuple[tuple[str, str], ...]


def of_ledger(figures: classified_ledger.ClassifiedLedger) -> Glance:
    """Return what a reader compares of a classified ledger."""
    lines = [line for part in figures.parts for line in part.lines]
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{len(lines):,}"}),
        (N_("范围"), figures.range_text),
        (N_("末页原值总计（元）"), format_yuan(sum(line.original_fen for line in lines))),
        (N_("末页净值总计（元）"), format_yuan(sum(line.net_fen or 0 for line in lines))),
    )


def of_summary(figures: summary.SummaryFigures) -> Glance:
    """Return what a reader compares of a summary."""
    held = [holding for row in figures.rows for holding in row.holdings]
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{sum(one.count for one in held):,}"}),
        (N_("末页原值总计（元）"), format_yuan(sum(one.original_fen for one in held))),
    )


def of_card(figures: asset_card.AssetCardFigures) -> Glance:
    """Return what a reader compares of an asset's card."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("资产编号"), figures.number),
        (N_("资金来源合计（元）"), format_yuan(sum(line.amount_fen for line in figures.funding))),
    )


def of_labels(figures: labels.LabelFigures) -> Glance:
    """Return what a reader compares of labels."""
    count = N_("%(count)s 个") % {"count": len(figures.labels)}
    return ((N_("单位"), figures.unit_name), (N_("标签"), count))


def of_notice(figures: notice_poster.PosterFigures) -> Glance:
    """Return what a reader compares of the poster of a notice."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("公示标题"), figures.title),
        (N_("公示期"), N_("%(first)s 至 %(last)s") % {"first": figures.first_day, "last": figures.last_day}),
        (N_("名单"), N_("%(count)s 行") % {"count": len(figures.rows)}),
    )


def of_policy(figures: policy_sheet.PolicySheet) -> Glance:
    """Return what a reader compares of the sheet of the policy."""
    steps = sum(len(route.steps) for route in figures.routes)
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("流程"), N_("%(routes)s 种，共 %(steps)s 步") % {"routes": len(figures.routes), "steps": steps}),
        (N_("尚未核定的示例"), N_("%(count)s 项") % {"count": figures.examples}),
    )


def of_titles(figures: title_register.TitleRegister) -> Glance:
    """Return what a reader compares of the register of titles."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{len(figures.rows):,}"}),
        (N_("有证书"), N_("%(count)s 项") % {"count": f"{sum(bool(row.certificate) for row in figures.rows):,}"}),
        (N_("末页原值总计（元）"), format_yuan(sum(row.original_fen for row in figures.rows))),
    )


def of_certificate(figures: title_certificate.CertificateFigures) -> Glance:
    """Return what a reader compares of a certificate."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("证书号"), figures.number),
        (N_("资产编号"), next(fact.value for fact in figures.asset if fact.label == N_("资产编号"))),
        (N_("权利人"), N_("%(count)s 个") % {"count": len(figures.owners)}),
    )


def of_hand_over(figures: hand_over_sheet.HandOverFigures) -> Glance:
    """Return what a reader compares of a hand-over sheet."""
    return (
        (N_("单位"), figures.unit_name),
        (N_("移交方"), figures.giver),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{len(figures.rows):,}"}),
        (N_("原值合计（元）"), format_yuan(sum(row.original_fen for row in figures.rows))),
    )


def of_custody(figures: custody_roster.CustodyRoster) -> Glance:
    """Return what a reader compares of a custody roster."""
    kept = sum(bool(line.custodian) for line in figures.assets)
    return (
        (N_("单位"), figures.unit_name),
        (N_("期间"), figures.period_text),
        (N_("资产项数"), N_("%(count)s 项") % {"count": f"{len(figures.assets):,}"}),
        (N_("已落实管护人"), N_("%(count)s 项") % {"count": f"{kept:,}"}),
        (N_("公益性岗位人员"), N_("%(count)s 人") % {"count": f"{len(figures.posts):,}"}),
    )


def of_blank_patrols(figures: patrol_sheet.BlankSheet) -> Glance:
    """Return what a reader compares of a blank patrol sheet."""
    count = N_("%(count)s 项") % {"count": f"{len(figures.lines):,}"}
    return ((N_("单位"), figures.unit_name), (N_("期间"), figures.period_text), (N_("资产项数"), count))


def of_patrols(figures: patrol_sheet.PatrolLog) -> Glance:
    """Return what a reader compares of a log of patrols."""
    count = N_("%(count)s 次") % {"count": f"{len(figures.lines):,}"}
    return ((N_("单位"), figures.unit_name), (N_("期间"), figures.period_text), (N_("巡查次数"), count))
