"""The period of a paper made from the trail. Pure but for the words."""

from datetime import date

from registry.errors import Invalid
from registry.reports.parameters import Parameters
from registry.text import N_


class BeginsLate(Invalid):
    """A period ends before it begins."""

    message = N_("开始日期不能晚于截止日期。")


def period_of(parameters: Parameters, on: date) -> tuple[date, date]:
    """Return first and last day: from the day asked for, else from the beginning of the year. Raises BeginsLate."""
    since = date.fromisoformat(parameters.since) if parameters.since else date(on.year, 1, 1)
    if since > on:
        raise BeginsLate(field="since")
    return since, on


def period_text(since: date, until: date) -> str:
    """Say a period."""
    return N_("%(first)s 至 %(last)s") % {"first": since.isoformat(), "last": until.isoformat()}
