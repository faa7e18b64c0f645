"""What a contract needs before it is submitted, signed and ended. Pure."""

from collections.abc import Iterator, Mapping
from datetime import date, timedelta

from registry.codes import is_credit_code
from registry.errors import Invalid, refuse_all
from registry.kinds import Category
from registry.ledger.operation.contracts.kinds import (
    INVESTED,
    LEASED,
    AwardWay,
    ContractStatus,
    Phase,
)
from registry.ledger.operation.contracts.refusals import (
    AwardUnexplained,
    BelowFloor,
    ClauseMissing,
    EndAtOddDay,
    LegacyDates,
    NameMissing,
    NotAgreed,
    NotAnOwner,
    NotDraft,
    NothingChosen,
    NotOperating,
    NotRunning,
    NotToMembers,
    NotWritten,
    OperatorMissing,
    PlanMissing,
    PrincipalDateMissing,
    ReasonMissing,
    RentMissing,
    ResponsibleMissing,
    RiseOutOfBounds,
    ShareMissing,
    SharesNotWhole,
    SignedBeforeDecided,
    TermBackwards,
    TermTooLong,
    TooManyChosen,
)
from registry.ledger.operation.contracts.terms import HandledAsset, Terms, floor_fen
from registry.ledger.operation.kinds import RentKind
from registry.money import format_yuan
from registry.parties.rules import BadCreditCode
from registry.policy.parameters import Parameter
from registry.policy.rules import Policy
from registry.text import N_

#: A county company bundles many villages; more than this is not read before it is signed.
MOST_ASSETS = 300
MAX_NAME = 100
WHOLE_BP = 10_000
PERCENT_BP = 100


def check_terms(terms: Terms, assets: tuple[HandledAsset, ...], *, policy: Policy) -> None:
    """Raise unless everything is said that a contract of this mode has to say; all that is missing is told at once."""
    refuse_all(broken_terms(terms, assets, policy=policy))


def broken_terms(terms: Terms, assets: tuple[HandledAsset, ...], *, policy: Policy) -> Iterator[Invalid]:
    """Name every rule that these terms break, in the order of the form."""
    yield from _about_assets(assets)
    yield from _about_who(terms)
    yield from _about_term(terms, policy)
    yield from _about_rent(terms)
    if not terms.is_own:
        yield from _about_floor(terms, assets, policy)
        yield from _about_award(terms, policy)
    yield from _about_clauses(terms)


def _about_assets(assets: tuple[HandledAsset, ...]) -> Iterator[Invalid]:
    if not assets:
        yield NothingChosen(field="no")
    if len(assets) > MOST_ASSETS:
        yield TooManyChosen(field="no", most=MOST_ASSETS)
    for asset in assets:
        if asset.category is not Category.OPERATING or not asset.is_confirmed:
            yield NotOperating(field="no", name=asset.name)


def _about_who(terms: Terms) -> Iterator[Invalid]:
    if not 0 < len(terms.name.strip()) <= MAX_NAME:
        yield NameMissing(field="name")
    if terms.is_own:
        if not terms.responsible.strip():
            yield ResponsibleMissing(field="responsible")
        return
    if terms.operator is None or not terms.operator.name.strip():
        yield OperatorMissing(field="operator_name")
    code = terms.operator.credit_code if terms.operator else ""
    if code and not is_credit_code(code):
        yield BadCreditCode(field="credit_code", code=code)


def _about_term(terms: Terms, policy: Policy) -> Iterator[Invalid]:
    if terms.ends_on < terms.starts_on:
        yield TermBackwards(field="ends_on")
        return
    most = policy.number(Parameter.LEASE_MAX_MONTHS)
    if not terms.is_own and terms.months > most:
        yield TermTooLong(field="ends_on", months=terms.months, most=most)
    least = policy.number(Parameter.LEASE_WRITTEN_MONTHS)
    if not terms.is_own and terms.months >= least and not terms.is_written:
        yield NotWritten(field="is_written", least=least)


def _about_rent(terms: Terms) -> Iterator[Invalid]:
    rent = terms.rent
    if rent.rise_bp not in range(WHOLE_BP + 1) or rent.rise_years < 1:
        yield RiseOutOfBounds(field="rise")
    if terms.is_own:
        return
    if rent.kind is not RentKind.SHARE and not rent.yearly_fen:
        yield RentMissing(field="yearly")
    if rent.kind is RentKind.SHARE and not (rent.share_bp and rent.share_basis):
        yield ShareMissing(field="share")
    if rent.principal_fen and (rent.principal_due_on is None or rent.principal_due_on < terms.starts_on):
        yield PrincipalDateMissing(field="principal_due_on")


def _about_award(terms: Terms, policy: Policy) -> Iterator[Invalid]:
    if terms.award is AwardWay.MEMBERS:
        if terms.operator is None or not terms.operator.is_member:
            yield NotToMembers(field="award")
        return
    needed = policy.flag(Parameter.PUBLIC_TENDER) and terms.legacy is None
    if terms.award is AwardWay.NONE or (needed and not terms.award_note.strip()):
        yield AwardUnexplained(field="award_note")


def _about_floor(terms: Terms, assets: tuple[HandledAsset, ...], policy: Policy) -> Iterator[Invalid]:
    """Refuse a fixed rent below the floor of which nobody says why; a legacy contract is as it is."""
    floor, yearly = policy_floor_fen(terms, assets, policy), terms.rent.yearly_fen
    is_low = terms.mode in LEASED and terms.rent.kind is not RentKind.SHARE and 0 < yearly < floor
    if is_low and terms.legacy is None and not terms.floor_reason.strip():
        yield BelowFloor(field="floor_reason", yearly=format_yuan(yearly), floor=format_yuan(floor))


def policy_floor_fen(terms: Terms, assets: tuple[HandledAsset, ...], policy: Policy) -> int:
    """Return below which rent is low, as the region measures it."""
    return floor_fen(assets, terms.appraised_fen) * policy.number(Parameter.RENT_FLOOR_PERCENT) // WHOLE_BP


#: What is written down where money or property is put into another's business (渝府办发〔2021〕149号第十一章第四节).
_CLAUSES = (
    ("default_terms", N_("违约责任")),
    ("exit_terms", N_("退出和股份处置办法")),
    ("risk_control", N_("风险承担和控制")),
)


def _about_clauses(terms: Terms) -> Iterator[Invalid]:
    if terms.legacy is not None:
        return
    if not terms.clauses.plan.strip():
        yield PlanMissing(field="plan")
    for name, label in _CLAUSES if terms.mode in INVESTED else ():
        if not getattr(terms.clauses, name).strip():
            yield ClauseMissing(field=name, mode=terms.mode.label, clause=label)


def broken_shares(shares: Mapping[int, int], assets: tuple[HandledAsset, ...]) -> Iterator[Invalid]:
    """Name what keeps the owners' shares from being the whole, in the hands of those who hold something."""
    if any(party_id not in {one for asset in assets for one in asset.holders} for party_id in shares):
        yield NotAnOwner(field="shares")
    whole = sum(shares.values())
    if whole != WHOLE_BP:
        yield SharesNotWhole(field="shares", sum=f"{whole // PERCENT_BP}.{whole % PERCENT_BP:02d}")


def broken_past(terms: Terms, on: date) -> Iterator[Invalid]:
    """Name it if a contract of the past is not of the past or its dues begin outside its term."""
    legacy = terms.legacy
    if legacy is not None and not (legacy.signed_on <= on and terms.starts_on <= legacy.planned_from <= terms.ends_on):
        yield LegacyDates(field="planned_from")


def phase_of(status: ContractStatus, ends_on: date, on: date, *, renewal_days: int) -> Phase:
    """Return what a contract is on a day."""
    if status is not ContractStatus.RUNNING:
        return Phase(status.value)
    if on > ends_on:
        return Phase.EXPIRED
    return Phase.RENEWING if on + timedelta(days=renewal_days) >= ends_on else Phase.RUNNING


def check_draft(status: ContractStatus) -> None:
    """Raise unless a contract can still be reworded."""
    if status is not ContractStatus.DRAFT:
        raise NotDraft


def check_running(status: ContractStatus) -> None:
    """Raise unless a contract runs."""
    if status is not ContractStatus.RUNNING:
        raise NotRunning


def check_signing(status: ContractStatus, agreed_on: date | None, signed_on: date, on: date) -> None:
    """Raise unless it was decided before it is signed."""
    if status is not ContractStatus.AGREED or agreed_on is None:
        raise NotAgreed
    if not agreed_on <= signed_on <= on:
        raise SignedBeforeDecided(field="signed_on", day=agreed_on.isoformat())


def check_end(ended_on: date, reason: str, *, starts_on: date, ends_on: date, on: date) -> None:
    """Raise unless a contract may end on a day; a contract past its term ends with it."""
    if not (starts_on <= ended_on <= min(ends_on, on)):
        raise EndAtOddDay(field="ended_on")
    if not reason.strip():
        raise ReasonMissing(field="reason")


def share_fen(base_fen: int, share_bp: int) -> int:
    """Return what a percentage of a result comes to; half a fen is rounded up."""
    return (base_fen * share_bp * 2 + WHOLE_BP) // (WHOLE_BP * 2)
