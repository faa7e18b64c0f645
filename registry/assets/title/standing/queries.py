"""Everything of title about one asset, read once; the asker has already been allowed to see it."""

from dataclasses import dataclass
from datetime import date

from registry.approvals.requests.answering import brought_to, current_step
from registry.approvals.requests.models import ApprovalRequest
from registry.approvals.requests.states import RequestStatus
from registry.assets.register.cards.models import Asset, AssetOwner
from registry.assets.register.cards.queries import list_owners
from registry.assets.register.categories import AccountingSystem, TitleStatus
from registry.assets.register.rights.queries import Relative, list_children, list_parents
from registry.assets.title.cases.models import TitleCase, TitleLine
from registry.assets.title.cases.queries import cases_of_asset
from registry.assets.title.cases.submitting import find_case_request
from registry.assets.title.certificates.models import TitleCertificate
from registry.assets.title.certificates.queries import list_certificates
from registry.assets.title.encumbrances.models import Encumbrance
from registry.assets.title.encumbrances.queries import list_all_encumbrances, list_encumbrances
from registry.assets.title.positions import Facts, Position, position_of
from registry.assets.title.rules import CaseStatus
from registry.kinds import TitleDeed
from registry.policy.procedures import StepKind


@dataclass(frozen=True)
class Standing:
    """What is known of the title of one asset."""

    position: Position
    owners: list[AssetOwner]
    certificates: list[TitleCertificate]
    encumbrances: list[Encumbrance]
    weighing: list[Encumbrance]
    parents: list[Relative]
    children: list[Relative]
    cases: list[tuple[TitleCase, TitleLine]]


def get_standing(asset: Asset, on: date) -> Standing:
    """Return what is known of the title of one asset on a day."""
    cases, certificates = cases_of_asset(asset.id), list_certificates(asset.id)
    return Standing(
        position=position_of(_facts(asset, cases, certificates, on)),
        owners=list_owners(asset.id),
        certificates=certificates,
        encumbrances=list_all_encumbrances(asset.id),
        weighing=list_encumbrances(asset.id, on),
        parents=list_parents(asset.id),
        children=list_children(asset.id),
        cases=cases,
    )


def _facts(
    asset: Asset, cases: list[tuple[TitleCase, TitleLine]], certificates: list[TitleCertificate], on: date
) -> Facts:
    under_way = [case for case, _line in cases if case.state is CaseStatus.SUBMITTED]
    request = find_case_request(under_way[0]) if under_way else None
    handing_over = any(
        case.kind is TitleDeed.HAND_OVER and case.state in {CaseStatus.SUBMITTED, CaseStatus.APPROVED}
        for case, _line in cases
    )
    return Facts(
        stage=asset.state,
        title=TitleStatus(asset.title_status),
        in_case=bool(under_way),
        on_notice=_is_on_notice(request),
        objected=_is_objected(request, on),
        certified=any(one.void_on is None for one in certificates) or bool(asset.certificate_number),
        handing_over=handing_over,
        handed_over=asset.handed_over_on is not None,
        in_system=asset.accounting_system != AccountingSystem.NONE,
    )


def _is_on_notice(request: ApprovalRequest | None) -> bool:
    return request is not None and request.state is RequestStatus.OPEN and request.step_kind == StepKind.NOTICE


def _is_objected(request: ApprovalRequest | None, on: date) -> bool:
    """Say whether somebody has objected to the notice that hangs, and has not had the last answer."""
    step = current_step(request) if request is not None else None
    return request is not None and step is not None and brought_to(request, step, on).known.open_objections > 0
