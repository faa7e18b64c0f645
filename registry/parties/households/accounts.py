"""Another account for a household: asked for by one person, in force once a second one has confirmed it."""

from collections.abc import Sequence
from uuid import uuid4

from registry.approvals.requests.services import signature
from registry.audit.actions import Action
from registry.audit.services import record
from registry.clock import now
from registry.database import db
from registry.parties.households.account_queries import account_of, find_waiting_account
from registry.parties.households.models import AccountChange, Household
from registry.parties.households.queries import unsealed
from registry.parties.households.refusals import (
    AccountAnswered,
    AccountWaits,
    NotRegistered,
    OthersAccountChange,
    OwnAccountChange,
    WhyRefused,
)
from registry.parties.households.rules import AccountFacts, AccountStatus, HouseholdStatus, check_account_change
from registry.permissions import Actor
from registry.sealing import seal


def ask_account(household: Household, facts: AccountFacts, *, by: Actor) -> AccountChange:
    """Ask that a household be paid into another account; until it is confirmed the known one stays in force.

    Raises NotRegistered, AccountWaits, and what check_account_change raises.
    """
    if household.state is HouseholdStatus.SENT_BACK:
        raise NotRegistered
    if find_waiting_account(household.id) is not None:
        raise AccountWaits
    check_account_change(facts, household.bank_name, unsealed(household).bank_account)
    uid = uuid4().hex
    change = AccountChange(
        uid=uid, region_code=household.region_code, household_id=household.id, waiting_for=household.id,
        bank_name=facts.bank_name.strip(), reason=facts.reason.strip(), status=AccountStatus.WAITING.value,
        bank_account=seal(facts.bank_account, table="account_change", row=uid, column="bank_account"),
        asked_by_id=by.id, asked_by_text=signature(by), asked_at=now(),
    )  # fmt: skip
    db.session.add(change)
    record(Action.ACCOUNT_CHANGE_ASKED, household, by=by, reason=change.reason)
    return change


def confirm_account(change: AccountChange, *, by: Actor) -> None:
    """Put another account in force, as a second person. Raises AccountAnswered, OwnAccountChange."""
    _check_second(change, by)
    household = change.household
    household.bank_name = change.bank_name
    household.bank_account = seal(account_of(change), table="household", row=household.uid, column="bank_account")
    _end(change, AccountStatus.CONFIRMED, by)
    record(Action.ACCOUNT_CHANGED, household, by=by, reason=change.reason)


def confirm_accounts(changes: Sequence[AccountChange], *, by: Actor) -> int:
    """Put in force, as the second person, the accounts that were looked over on one list; returns how many."""
    for change in changes:
        confirm_account(change, by=by)
    return len(changes)


def refuse_account(change: AccountChange, reason: str, *, by: Actor) -> None:
    """Leave the known account in force, as a second person. Raises AccountAnswered, OwnAccountChange, WhyRefused."""
    _check_second(change, by)
    if not reason.strip():
        raise WhyRefused(field="reason")
    _end(change, AccountStatus.REFUSED, by, reason)
    record(Action.ACCOUNT_CHANGE_REFUSED, change.household, by=by, reason=change.end_reason)


def withdraw_account(change: AccountChange, *, by: Actor) -> None:
    """Take back what one asked for oneself. Raises AccountAnswered, OthersAccountChange."""
    if change.state is not AccountStatus.WAITING:
        raise AccountAnswered
    if by.id is None or by.id != change.asked_by_id:
        raise OthersAccountChange
    _end(change, AccountStatus.WITHDRAWN, by)
    record(Action.ACCOUNT_CHANGE_WITHDRAWN, change.household, by=by)


def _check_second(change: AccountChange, by: Actor) -> None:
    if change.state is not AccountStatus.WAITING:
        raise AccountAnswered
    if by.id is None or by.id == change.asked_by_id:
        raise OwnAccountChange


def _end(change: AccountChange, status: AccountStatus, by: Actor, reason: str = "") -> None:
    change.status, change.waiting_for, change.end_reason = status.value, None, reason.strip()
    change.decided_by_id, change.decided_by_text, change.decided_at = by.id, signature(by), now()
