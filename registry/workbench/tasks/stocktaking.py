"""What waits of the yearly count: sheets to count, submit, confirm, report, receive; campaigns to close."""

from collections.abc import Sequence
from datetime import datetime

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.supervision.stocktaking import waiting
from registry.supervision.stocktaking.models import StockSheet
from registry.workbench.tasks.task import MOST_COUNTED, Task

_MOST = MOST_COUNTED + 1


def _task(kind: str, sheet: StockSheet, subject: str, since: datetime | None, deed: str) -> Task:
    campaign = sheet.campaign
    return Task(
        kind, subject, campaign.title, None, since or campaign.opened_at, _("我或同岗位的人，先办者为准"),
        url_for("stock_sheets.show", sheet_id=sheet.id), deed, campaign.report_by,
    )  # fmt: skip


def _names(sheets: Sequence[StockSheet]) -> dict[str, str]:
    return names_of({sheet.region_code for sheet in sheets})


def list_counts(actor: Actor, most: int) -> list[Task]:
    """Return sheets on which this person has to count."""
    found = waiting.list_to_count(actor, most)
    names = _names([sheet for sheet, _left in found])
    return [
        _task(
            _("盘点"), sheet, _("%(unit)s：还有 %(n)s 项没有盘", unit=names.get(sheet.region_code, ""), n=left), None,
            _("去盘点"),
        )
        for sheet, left in found
    ]  # fmt: skip


def count_counts(actor: Actor) -> int:
    """Return on how many sheets this person has to count."""
    return waiting.count_to_count(actor, _MOST)


def list_submissions(actor: Actor, most: int) -> list[Task]:
    """Return counted sheets to be handed on."""
    found = waiting.list_to_submit(actor, most)
    names = _names(found)
    return [
        _task(_("盘点表待提交"), one, _("%(unit)s：都盘过了", unit=names[one.region_code]), None, _("去提交"))
        for one in found
    ]


def count_submissions(actor: Actor) -> int:
    """Return how many counted sheets wait to be handed on."""
    return waiting.count_to_submit(actor, _MOST)


def list_confirmations(actor: Actor, most: int) -> list[Task]:
    """Return sheets that wait for this person as the second one."""
    found = waiting.list_to_confirm(actor, most)
    names = _names(found)
    return [
        _task(_("盘点复核"), one, _("%(unit)s盘点表", unit=names[one.region_code]), one.submitted_at, _("去复核"))
        for one in found
    ]


def count_confirmations(actor: Actor) -> int:
    """Return how many sheets wait for this person as the second one."""
    return waiting.count_to_confirm(actor, _MOST)


def list_reports(actor: Actor, most: int) -> list[Task]:
    """Return confirmed sheets that wait for differences, notice, meeting and report."""
    found = waiting.list_to_report(actor, most)
    names = _names([sheet for sheet, _left in found])
    return [
        _task(
            _("盘点结果待上报"), sheet,
            _("%(unit)s：差异待处理 %(n)s 项", unit=names[sheet.region_code], n=left), sheet.confirmed_at, _("去办理"),
        )
        for sheet, left in found
    ]  # fmt: skip


def count_reports(actor: Actor) -> int:
    """Return how many confirmed sheets wait to be reported."""
    return waiting.count_to_report(actor, _MOST)


def list_receipts(actor: Actor, most: int) -> list[Task]:
    """Return reports that wait for this person above."""
    found = waiting.list_to_receive(actor, most)
    names = _names(found)
    return [
        _task(_("盘点结果待接收"), one, _("%(unit)s盘点表", unit=names[one.region_code]), one.reported_at, _("去接收"))
        for one in found
    ]


def count_receipts(actor: Actor) -> int:
    """Return how many reports wait for this person above."""
    return waiting.count_to_receive(actor, _MOST)


def list_closings(actor: Actor, most: int) -> list[Task]:
    """Return campaigns that are all in, or past their last day."""
    return [
        Task(
            _("清查待结束"), one.title, one.number, None, start_of(one.report_by), _("我或同岗位的人，先办者为准"),
            url_for("stocktaking.show", campaign_id=one.id), _("去结束"), one.report_by,
        )
        for one in waiting.list_to_close(actor, today(), most)
    ]  # fmt: skip


def count_closings(actor: Actor) -> int:
    """Return how many campaigns wait to be closed."""
    return waiting.count_to_close(actor, today(), _MOST)
