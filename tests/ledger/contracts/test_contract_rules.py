"""What a contract has to say, and what those who decide should look at."""

from datetime import date

import pytest

from registry.assets.register.categories import OperatingMode
from registry.kinds import Category, OwnerKind
from registry.ledger.operation.contracts.cautions import CautionKind, Overlap, cautions
from registry.ledger.operation.contracts.kinds import AwardWay, ContractStatus, Phase, ShareBasis
from registry.ledger.operation.contracts.refusals import (
    AwardUnexplained,
    BelowFloor,
    ClauseMissing,
    NotAnOwner,
    NothingChosen,
    NotOperating,
    NotToMembers,
    NotWritten,
    OperatorMissing,
    PlanMissing,
    PrincipalDateMissing,
    RentMissing,
    ResponsibleMissing,
    ShareMissing,
    SharesNotWhole,
    TermBackwards,
    TermTooLong,
)
from registry.ledger.operation.contracts.rules import broken_shares, broken_terms, check_terms, phase_of, share_fen
from registry.ledger.operation.contracts.terms import Clauses, HandledAsset, OperatorFacts, Rent, dues_of
from registry.ledger.operation.kinds import DueKind, Frequency, RentKind
from registry.policy.rules import Policy
from tests.factories import TODAY, VILLAGE
from tests.ledger.contracts.making import rent, terms

POLICY = Policy(VILLAGE, TODAY, {}, {})
STORE = HandledAsset(1, "冷库", VILLAGE, Category.OPERATING, True, 10_000_000, 500_000, {7: 10_000})
ASSETS = (STORE,)
PLANNED = Clauses(plan="经营")


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (terms(ends_on=date(2026, 11, 30)), TermBackwards),
        (terms(ends_on=date(2046, 12, 1)), TermTooLong),
        (terms(is_written=False), NotWritten),
        (terms(operator=None), OperatorMissing),
        (terms(rent=rent(yearly_fen=0)), RentMissing),
        (terms(rent=rent(kind=RentKind.SHARE)), ShareMissing),
        (terms(award_note=""), AwardUnexplained),
        (terms(award=AwardWay.EXEMPT, award_note=" "), AwardUnexplained),
        (terms(award=AwardWay.MEMBERS), NotToMembers),
        (terms(rent=rent(yearly_fen=999_999)), BelowFloor),
        (terms(appraised_fen=None, rent=rent(yearly_fen=499_999)), BelowFloor),
        (terms(clauses=Clauses()), PlanMissing),
        (terms(mode=OperatingMode.SHAREHOLDING, clauses=PLANNED), ClauseMissing),
        (terms(mode=OperatingMode.JOINT, clauses=PLANNED), ClauseMissing),
        (terms(mode=OperatingMode.ENTRUST, clauses=PLANNED), ClauseMissing),
        (terms(rent=rent(principal_fen=1)), PrincipalDateMissing),
        (terms(mode=OperatingMode.SELF_RUN), ResponsibleMissing),
    ],
)
def test_a_contract_that_lacks_something_is_refused(said: object, error: type[Exception]) -> None:
    with pytest.raises(error):
        check_terms(said, ASSETS, policy=POLICY)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "said",
    [
        terms(),
        terms(ends_on=date(2046, 11, 30)),
        terms(is_written=False, ends_on=date(2027, 4, 30)),
        terms(rent=rent(yearly_fen=999_999), floor_reason="市场不好，会议同意"),
        terms(
            award=AwardWay.MEMBERS, operator=OperatorFacts(OwnerKind.HOUSEHOLD, "张三", is_member=True), award_note=""
        ),
        terms(mode=OperatingMode.SELF_RUN, responsible="村主任", award=AwardWay.NONE, rent=Rent(RentKind.SHARE)),
    ],
)
def test_what_says_enough_is_taken(said: object) -> None:
    check_terms(said, ASSETS, policy=POLICY)  # type: ignore[arg-type]


def test_only_confirmed_operating_assets_are_let() -> None:
    road = HandledAsset(2, "路", VILLAGE, Category.PUBLIC_WELFARE, True, 1, 0, {7: 10_000})
    waiting = HandledAsset(3, "棚", VILLAGE, Category.OPERATING, False, 1, 0, {7: 10_000})
    for assets, error in (((), NothingChosen), ((road,), NotOperating), ((waiting,), NotOperating)):
        with pytest.raises(error):
            check_terms(terms(), assets, policy=POLICY)


def test_the_owners_shares_are_the_whole_and_only_owners_take_part() -> None:
    assert [*broken_shares({7: 10_000}, ASSETS)] == []
    assert [type(one) for one in broken_shares({7: 9_999}, ASSETS)] == [SharesNotWhole]
    assert [type(one) for one in broken_shares({7: 5_000, 8: 5_000}, ASSETS)] == [NotAnOwner]


def test_all_that_is_missing_is_told_at_once() -> None:
    said = terms(mode=OperatingMode.ENTRUST, operator=None, is_written=False, rent=rent(yearly_fen=0, principal_fen=1),
                 award_note="", clauses=Clauses())  # fmt: skip
    fields = ["operator_name", "is_written", "yearly", "principal_due_on", "award_note", "plan", "default_terms",
              "exit_terms", "risk_control"]  # fmt: skip
    assert [one.field for one in broken_terms(said, ASSETS, policy=POLICY)] == fields
    with pytest.raises(OperatorMissing) as refused:
        check_terms(said, ASSETS, policy=POLICY)
    assert [one.field for one in refused.value.all] == fields


def test_what_follows_from_another_fault_is_not_told_besides() -> None:
    nothing = terms(rent=rent(yearly_fen=0))
    assert [type(one) for one in broken_terms(nothing, ASSETS, policy=POLICY)] == [RentMissing]
    backwards = terms(ends_on=date(2026, 11, 30), is_written=False)
    assert [type(one) for one in broken_terms(backwards, ASSETS, policy=POLICY)] == [TermBackwards]


def _kinds(said: object, overlaps: tuple[Overlap, ...] = ()) -> set[CautionKind]:
    return {one.kind for one in cautions(said, ASSETS, overlaps, policy=POLICY)}  # type: ignore[arg-type]


def test_a_sound_lease_to_an_outsider_says_only_that() -> None:
    assert _kinds(terms()) == {CautionKind.NOT_MEMBER}


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        (terms(ends_on=date(2031, 12, 1)), CautionKind.LONG_TERM),
        (terms(rent=rent(yearly_fen=900_000)), CautionKind.BELOW_FLOOR),
        (terms(appraised_fen=None), CautionKind.NO_APPRAISAL),
        (terms(rent=rent(prepaid_months=37)), CautionKind.PREPAID),
        (terms(ends_on=date(2030, 11, 30), rent=rent(frequency=Frequency.ONCE)), CautionKind.PREPAID),
        (terms(rent=rent(deposit_fen=299_999)), CautionKind.LOW_DEPOSIT),
        (terms(award=AwardWay.EXEMPT), CautionKind.NO_TENDER),
        (terms(officers=()), CautionKind.NO_OFFICERS),
        (terms(mode=OperatingMode.JOINT), CautionKind.VALUE_TO_RECOGNISE),
        (terms(rent=rent(kind=RentKind.GUARANTEED)), CautionKind.ONLY_GUARANTEED),
        (terms(clauses=PLANNED), CautionKind.NO_LATE_TERMS),
    ],
)
def test_what_should_be_looked_at_is_said(said: object, kind: CautionKind) -> None:
    assert kind in _kinds(said)


def test_another_contract_of_the_same_asset_is_said() -> None:
    assert CautionKind.OVERLAP in _kinds(terms(), (Overlap("HT-1", "某公司"),))


@pytest.mark.parametrize(
    ("on", "phase"),
    [
        (date(2029, 8, 31), Phase.RUNNING), (date(2029, 9, 1), Phase.RENEWING), (date(2029, 11, 30), Phase.RENEWING),
        (date(2029, 12, 1), Phase.EXPIRED),
    ],
)  # fmt: skip
def test_renewal_is_decided_ninety_days_before_the_end(on: date, phase: Phase) -> None:
    assert phase_of(ContractStatus.RUNNING, date(2029, 11, 30), on, renewal_days=90) is phase


def test_a_guarantee_with_a_share_is_due_twice_and_principal_returns() -> None:
    entrusted = rent(
        kind=RentKind.GUARANTEED, yearly_fen=500_000, frequency=Frequency.YEARLY, share_bp=2_000,
        share_basis=ShareBasis.NET, deposit_fen=0, principal_fen=10_000_000, principal_due_on=date(2029, 12, 31),
    )  # fmt: skip
    owed = {one.kind: one.planned for one in dues_of(entrusted, date(2027, 1, 1), date(2029, 12, 31))}
    assert [one.amount_fen for one in owed[DueKind.GUARANTEED_RETURN]] == [500_000] * 3
    assert [(one.period.due_on.year, one.amount_fen) for one in owed[DueKind.SHARE]] == [
        (2027, None), (2028, None), (2029, None),
    ]  # fmt: skip
    assert [one.amount_fen for one in owed[DueKind.PRINCIPAL]] == [10_000_000]


def test_a_photovoltaic_station_settles_coal_price_quarterly_and_subsidy_a_year_later() -> None:
    """国家能源局光伏扶贫电站: the benchmark part each quarter, the subsidy by the end of next year's first quarter."""
    first, last = date(2026, 1, 1), date(2026, 12, 31)
    benchmark = Rent(RentKind.SHARE, frequency=Frequency.QUARTERLY, in_advance=False, days_to_pay=30, share_bp=10_000,
                     share_basis=ShareBasis.TURNOVER, by_calendar=True)  # fmt: skip
    subsidy = Rent(RentKind.SHARE, frequency=Frequency.YEARLY, in_advance=False, days_to_pay=90, share_bp=10_000,
                   share_basis=ShareBasis.TURNOVER, by_calendar=True)  # fmt: skip
    quarters = dues_of(benchmark, first, last)[0].planned
    assert [one.period.due_on for one in quarters] == [
        date(2026, 4, 30), date(2026, 7, 30), date(2026, 10, 30), date(2027, 1, 30),
    ]  # fmt: skip
    assert dues_of(subsidy, first, last)[0].planned[0].period.due_on == date(2027, 3, 31)
    # 60 kW, 48,600 kWh in a quarter at 0.3964 yuan.
    assert share_fen(1_926_504, 10_000) == 1_926_504
