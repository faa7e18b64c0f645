"""What waits of beneficiaries: households and accounts that need their second person, the unit's own yearly review."""

from datetime import date

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.ledger.distribution.rolls.listing import (
    count_households_sent_back,
    count_waiting,
    is_to_review,
    list_households_sent_back,
    review_due,
    waiting_by_village,
)
from registry.ledger.distribution.rolls.rules import review_reminds_on
from registry.parties.households.account_queries import account_changes_by_village, count_accounts_to_confirm
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.policy.parameters import Parameter
from registry.policy.queries import policy_for
from registry.workbench.tasks.task import MOST_COUNTED, Task


def list_households(actor: Actor, most: int) -> list[Task]:
    """Return the villages in which households wait for this person as the second, one task each."""
    rows = waiting_by_village(actor, most)
    names = names_of(one.region_code for one in rows)
    return [
        Task(
            _("受益农户确认"), names.get(one.region_code, ""), one.entered_by_text, None, one.entered_at,
            _("我或同级，先办者为准"), url_for("roll_lists.waiting", region=one.region_code), _("去核对"),
        )
        for one in rows
    ]  # fmt: skip


def count_households(actor: Actor) -> int:
    """Return in how many villages households wait for this person as the second."""
    return count_waiting(actor, MOST_COUNTED + 1)


def list_sent_back(actor: Actor, most: int) -> list[Task]:
    """Return households whose registration was sent back and waits to be mended."""
    return [
        Task(
            _("修改退回的农户"), one.party.name, one.sent_back_reason, None, one.entered_at,
            _("我或同岗位的人，先办者为准"), url_for("roll_again.enter", household_id=one.id), _("去修改"),
        )
        for one in list_households_sent_back(actor, most)
    ]  # fmt: skip


def count_sent_back(actor: Actor) -> int:
    """Return how many registrations were sent back and wait to be mended."""
    return count_households_sent_back(actor, MOST_COUNTED + 1)


def list_accounts(actor: Actor, most: int) -> list[Task]:
    """Return the villages in which changed accounts wait for this person as the second, one task each."""
    rows = account_changes_by_village(actor, most)
    names = names_of(one.region_code for one in rows)
    return [
        Task(
            _("农户账号确认"), names.get(one.region_code, ""), one.asked_by_text, None, one.asked_at,
            _("我或同级，先办者为准"), url_for("household_accounts.waiting", region=one.region_code), _("去核对"),
        )
        for one in rows
    ]  # fmt: skip


def count_accounts(actor: Actor) -> int:
    """Return in how many villages changed accounts wait for this person as the second."""
    return count_accounts_to_confirm(actor, MOST_COUNTED + 1)


def list_reviews(actor: Actor, most: int) -> list[Task]:
    """Return the yearly review of the own unit once it is due soon and not finished: it is its clerk's work."""
    del most  # a unit's review is one task
    on, code = today(), actor.unit_code
    due, starts = _review_days(code, on)
    if on < starts or not is_to_review(actor, on.year, on):
        return []
    unit, year = names_of([code]).get(code, ""), _("%(year)s 年", year=on.year)
    return [
        Task(
            _("受益对象年度复核"), unit, year, None, start_of(starts), _("我或同岗位的人，先办者为准"),
            url_for("roll_lists.review", region=code), _("去复核"), due,
        )
    ]  # fmt: skip


def count_reviews(actor: Actor) -> int:
    """Return 1 if the own unit still has to finish its yearly review."""
    on = today()
    _due, starts = _review_days(actor.unit_code, on)
    return int(on >= starts and is_to_review(actor, on.year, on))


def _review_days(code: str, on: date) -> tuple[date, date]:
    """Return until when a unit's households are to be looked at this year, and from when somebody is reminded."""
    policy = policy_for(code, on)
    due = review_due(on.year, policy)
    return due, review_reminds_on(on.year, due, policy.number(Parameter.ALERT_PERCENT))
