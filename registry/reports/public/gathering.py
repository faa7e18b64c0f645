"""The public page of a unit, put together: what its county lets it show, and nothing else is even read."""

from datetime import date

from registry.approvals.notices.models import Notice
from registry.approvals.notices.queries import PAGE_ROWS, count_running_below, list_on_board
from registry.approvals.notices.rules import days_left
from registry.places.models import Region
from registry.places.queries import full_name, list_children, path_of
from registry.policy.parameters import Parameter, PublicScope
from registry.policy.queries import policy_for
from registry.policy.rules import Policy
from registry.reports.public.figures import Link, PublicNotice, PublicPage
from registry.reports.public.objections import list_public_objections
from registry.reports.public.queries import closed_month_of, count_care, list_assets, list_results, list_years
from registry.reports.public.rules import Section, sections_of


def public_page(unit: Region, on: date) -> PublicPage:
    """Return what anybody may read of a unit on a day."""
    code, policy = unit.region_code, policy_for(unit.region_code, on)
    shown = sections_of(PublicScope(policy.text(Parameter.PUBLIC_SCOPE)), unit.level)
    running, accounts = count_running_below(code), Section.INCOME in shown
    until = closed_month_of(code) if accounts else None
    return PublicPage(
        region_code=code,
        name=unit.short,
        full_name=full_name(code),
        level=unit.level.label,
        on=on,
        above=tuple(Link(one.region_code, one.short) for one in path_of(code)[:-1]),
        below=tuple(Link(one.region_code, one.short, running.get(one.region_code, 0)) for one in list_children(code)),
        notices=tuple(_notice(row, on) for row in list_on_board(code, PAGE_ROWS)),
        results=tuple(_notice(row, on) for row in list_results(code)),
        hotlines=_hotlines(policy),
        assets=list_assets(code) if Section.ASSETS in shown else None,
        care=count_care(code) if Section.CUSTODY in shown else None,
        closed_until=until,
        years=list_years(code, until, on) if accounts else None,
        objections=list_public_objections(code, on) if Section.OBJECTIONS in shown else None,
    )


def _notice(row: Notice, on: date) -> PublicNotice:
    return PublicNotice(
        row.id, row.notice_kind.label, row.title, row.starts_on, row.last_day, days_left(row.ends_on, on)
    )


def _hotlines(policy: Policy) -> tuple[str, ...]:
    numbers = (policy.text(Parameter.HOTLINE), policy.text(Parameter.LOCAL_HOTLINE))
    return tuple(one for one in numbers if one)
