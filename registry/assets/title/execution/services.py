"""Carrying out what was agreed to: certificates in bulk, entries in other registers, signed sheets of hand-over."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from registry.approvals.requests.services import mark_executed
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.amendments.services import signature
from registry.assets.register.cards.models import Asset
from registry.assets.register.categories import AccountingSystem
from registry.assets.register.rights.services import change_owners, enter_system, mark_handed_over
from registry.assets.title.cases.executing import holders_of_line
from registry.assets.title.cases.models import TitleCase
from registry.assets.title.cases.queries import list_lines
from registry.assets.title.cases.submitting import find_case_request
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.certificates.services import Issue, issue_certificates
from registry.assets.title.execution.queries import is_certified, list_assets_to_certify
from registry.assets.title.execution.rules import (
    CERTIFIED,
    CalledIn,
    NotAgreedYet,
    NothingToCertify,
    SheetMissing,
    check_day,
)
from registry.assets.title.rules import CaseStatus
from registry.audit.actions import Action
from registry.audit.services import record, thing_of
from registry.evidence.rules import EvidenceKind
from registry.evidence.services import Caption, KeptFile, attach
from registry.kinds import TitleDeed
from registry.permissions import Actor
from registry.policy.rules import Policy
from registry.text import N_


@dataclass(frozen=True)
class Registration:
    """What is entered when title is registered: the day of the certificates, and numbers in the books, by asset."""

    issued_on: date
    system: AccountingSystem = AccountingSystem.NONE
    numbers: Mapping[int, str] = field(default_factory=dict)


def register_title(
    case: TitleCase, facts: Registration, *, by: Actor, on: date, policy: Policy
) -> list[TitleCertificate]:
    """Issue the certificates of an agreed case and enter its assets in the books; with the last one it is done.

    Raises NotAgreedYet, CalledIn, WrongDay, NothingToCertify.
    """
    _check_agreed(case, N_("登记发证"), case.kind in CERTIFIED)
    check_day(facts.issued_on, case.approved_on or on, on=on)
    assets = list_assets_to_certify(case)
    issue = Issue(case.id, facts.issued_on, by.id, signature(by))
    if not assets:
        raise NothingToCertify
    issued = issue_certificates(assets, issue, on=on)
    if facts.system is not AccountingSystem.NONE:
        numbers = dict(facts.numbers)
        enter_system([(asset, numbers.get(asset.id, "").strip()) for asset in assets], facts.system, on=on)
    complete = is_certified(case)
    if complete:
        _finish(case, on)
    record(Action.TITLE_REGISTERED, case, by=by, facts={"certificates": len(issued)})
    if complete and case.kind is TitleDeed.FIRST_TITLE:
        _mark_executed(case, by=by, on=on, policy=policy)
    return issued


def enter_books(asset: Asset, system: AccountingSystem, number: str, *, by: Actor, on: date) -> None:
    """Note under which number the state-asset or collective-asset system carries an asset."""
    enter_system([(asset, number.strip())], system, on=on)
    record(Action.BOOKS_ENTERED, asset, by=by, reason=number.strip())


def sign_hand_over(
    case: TitleCase, files: list[KeptFile], *, handed_over_on: date, by: Actor, on: date, policy: Policy
) -> None:
    """Take in the signed sheet of a hand-over: the assets are in the hands of their first owner; the case is done.

    Raises NotAgreedYet, CalledIn, WrongDay, SheetMissing.
    """
    _check_agreed(case, N_("移交"), case.kind is TitleDeed.HAND_OVER)
    check_day(handed_over_on, case.approved_on or on, on=on)
    if not files:
        raise SheetMissing(field="file")
    lines = [line for line in list_lines(case.id) if line.is_in]
    change_owners([(line.asset, holders_of_line(line)) for line in lines], on=handed_over_on)
    mark_handed_over([line.asset for line in lines], on=handed_over_on)
    _finish(case, on)
    record(Action.HANDED_OVER, case, by=by, facts={"assets": len(lines)})
    attach(files, Caption(EvidenceKind.HAND_OVER, N_("签字的移交清单"), handed_over_on), to=thing_of(case), by=by)
    _mark_executed(case, by=by, on=on, policy=policy)


def _check_agreed(case: TitleCase, what: str, is_its_deed: bool) -> None:  # noqa: FBT001
    if case.state is not CaseStatus.APPROVED or not is_its_deed:
        raise NotAgreedYet(status=case.state.label, what=what)
    request = find_case_request(case)
    if request is not None and request.state is RequestStatus.CALLED_IN:
        raise CalledIn


def _finish(case: TitleCase, on: date) -> None:
    case.status, case.done_on = CaseStatus.DONE.value, on


def _mark_executed(case: TitleCase, *, by: Actor, on: date, policy: Policy) -> None:
    request = find_case_request(case)
    if request is not None:
        mark_executed(request, by=by, on=on, policy=policy)
