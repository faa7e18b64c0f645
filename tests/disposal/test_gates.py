"""The gates: what each lets pass, what it stops, and when."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from registry.assets.register.categories import Nature, TitleStatus
from registry.assets.register.registration import Stage
from registry.disposal.gates.facts import CaseFacts, LineFacts, PriceFacts, Report
from registry.disposal.gates.kinds import SETTLED_LATER, Asked, Gate, GateOutcome, Moment
from registry.disposal.gates.questions import GATES, ask, blocking
from registry.disposal.kinds import DisposalKind, Extent, Ground
from registry.disposal.valuation import Earlier, Worth
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, OwnerKind

ON = date(2026, 7, 1)
_SUBMIT, _DECIDE, _EXECUTE = Moment.SUBMIT, Moment.DECIDE, Moment.EXECUTE
LINE = LineFacts(
    name="冷库", stage=Stage.CONFIRMED, category=Category.OPERATING, nature=Nature.FIXED,
    title=TitleStatus.CONFIRMED, acquired_on=date(2018, 5, 1),
)  # fmt: skip
#: A case that every gate lets pass, also at execution.
SOUND = CaseFacts(
    kind=DisposalKind.SALE, ground=Ground.IDLE, reason="停用两年，修理不划算。",
    owner_kind=OwnerKind.VILLAGE_COLLECTIVE, effective_on=ON, lines=(LINE,), worth=Worth(48_600_000, 21_141_000),
    basis_fen=48_600_000, route_key="DISPOSAL.COLLECTIVE.2", route_label="二档", window_months=12,
    report=Report(19_800_000, date(2026, 3, 5), date(2027, 3, 5)), appraisal_needed=True, recipient="某公司",
    plans={}, is_agreed=True, price=PriceFacts(20_000_000, is_accepted=True, verdict="可以成交"),
)  # fmt: skip


def one(facts: CaseFacts, gate: Gate, moment: Moment = _SUBMIT) -> Asked:
    return next(asked for asked in ask(facts, moment, ON) if asked.gate is gate)


def with_line(**changed: object) -> CaseFacts:
    return replace(SOUND, lines=(replace(LINE, **changed),))  # type: ignore[arg-type]


def test_every_gate_is_asked_once_in_the_order_of_its_words() -> None:
    assert [row.gate for row in GATES] == list(Gate)


@pytest.mark.parametrize("moment", list(Moment))
def test_a_sound_case_passes_every_gate(moment: Moment) -> None:
    assert blocking(ask(SOUND, moment, ON)) == ()


#: What is wrong → which gate stops it, and when.
WRONG = [
    (with_line(stage=Stage.SUBMITTED), Gate.CARD, {_SUBMIT, _DECIDE, _EXECUTE}),
    (with_line(category=Category.HOUSEHOLD), Gate.CATEGORY, {_SUBMIT, _DECIDE, _EXECUTE}),
    (with_line(nature=Nature.EQUITY), Gate.CATEGORY, {_SUBMIT, _DECIDE, _EXECUTE}),
    (with_line(title=TitleStatus.UNCONFIRMED), Gate.TITLE, {_SUBMIT, _DECIDE, _EXECUTE}),
    (with_line(title=TitleStatus.DISPUTED), Gate.TITLE, {_SUBMIT, _DECIDE, _EXECUTE}),
    (with_line(other_case="更正申请"), Gate.OTHER_CASE, {_SUBMIT, _DECIDE, _EXECUTE}),
    (with_line(encumbrance="抵押"), Gate.ENCUMBRANCE, {_SUBMIT, _DECIDE, _EXECUTE}),
    (replace(SOUND, ground=Ground.TERM_ENDED), Gate.GROUND, {_SUBMIT, _DECIDE, _EXECUTE}),
    (replace(SOUND, reason=" "), Gate.GROUND, {_SUBMIT, _DECIDE, _EXECUTE}),
    (replace(SOUND, ground=Ground.PLANNING), Gate.GROUND, {_SUBMIT, _DECIDE, _EXECUTE}),
    (replace(SOUND, recipient=""), Gate.GROUND, {_EXECUTE}),
    (replace(SOUND, effective_on=date(2018, 4, 30)), Gate.DAY, {_SUBMIT, _EXECUTE}),
    (with_line(last_posted_on=ON + timedelta(days=1)), Gate.DAY, {_SUBMIT, _EXECUTE}),
    (replace(SOUND, effective_on=ON + timedelta(days=1)), Gate.DAY, {_EXECUTE}),
    (replace(SOUND, report=None), Gate.APPRAISAL, {_SUBMIT, _DECIDE, _EXECUTE}),
    (replace(SOUND, report=Report(1, date(2025, 1, 1), ON - timedelta(days=1))), Gate.APPRAISAL,
     {_SUBMIT, _DECIDE, _EXECUTE}),
    (replace(SOUND, opened_route="DISPOSAL.COLLECTIVE.1"), Gate.SPLIT, {_DECIDE, _EXECUTE}),
    (replace(SOUND, is_agreed=False), Gate.DECISIONS, {_EXECUTE}),
    (with_line(contract="冷库租赁合同"), Gate.CONTRACT, {_SUBMIT, _EXECUTE}),
    (with_line(owed_fen=600_000), Gate.ARREARS, {_SUBMIT, _EXECUTE}),
    (with_line(held_fen=1), Gate.DEPOSIT, {_SUBMIT, _EXECUTE}),
    (with_line(undistributed_fen=1), Gate.INCOME, {_SUBMIT, _EXECUTE}),
    (with_line(repair="换电机"), Gate.REPAIR, {_SUBMIT, _EXECUTE}),
    (with_line(custodian="谭某"), Gate.CUSTODY, {_SUBMIT, _EXECUTE}),
    (replace(SOUND, price=None), Gate.PRICE, {_EXECUTE}),
    (replace(SOUND, price=PriceFacts(1, is_accepted=False, verdict="等重新审批")), Gate.PRICE, {_EXECUTE}),
    (replace(SOUND, closed_month="2026-07"), Gate.BOOKS, {_EXECUTE}),
]  # fmt: skip


@pytest.mark.parametrize(("facts", "gate", "moments"), WRONG, ids=lambda one: getattr(one, "value", ""))
def test_what_is_wrong_is_stopped_by_its_gate_at_its_moments_and_by_no_other(
    facts: CaseFacts, gate: Gate, moments: set[Moment]
) -> None:
    for moment in Moment:
        stopped = {asked.gate for asked in blocking(ask(facts, moment, ON))}
        assert stopped == ({gate} if moment in moments else set()), moment


def test_every_gate_stops_something() -> None:
    assert {gate for _facts, gate, _moments in WRONG} | {Gate.EXIT} == set(Gate)


OPEN = {
    Gate.CONTRACT: {"contract": "冷库租赁合同"}, Gate.ARREARS: {"owed_fen": 1}, Gate.DEPOSIT: {"held_fen": 1},
    Gate.INCOME: {"undistributed_fen": 1}, Gate.REPAIR: {"repair": "换电机"},
}  # fmt: skip


@pytest.mark.parametrize("gate", list(OPEN))
def test_what_is_open_is_planned_at_submission_and_settled_at_execution(gate: Gate) -> None:
    facts = replace(with_line(**OPEN[gate]), plans={gate: "12-10 前办完"})
    assert one(facts, gate, _SUBMIT).outcome is GateOutcome.ARRANGED
    assert one(facts, gate, _DECIDE).blocks_later
    assert one(facts, gate, _EXECUTE).blocks
    assert not one(SOUND, gate, _EXECUTE).blocks


def test_custody_goes_on_until_hand_over_and_only_its_plan_is_asked_for() -> None:
    facts = replace(with_line(custodian="谭某"), plans={Gate.CUSTODY: "随移交结束"})
    assert [one(facts, Gate.CUSTODY, moment).outcome for moment in Moment] == [GateOutcome.ARRANGED] * 3
    assert not one(facts, Gate.CUSTODY, _EXECUTE).blocks


@pytest.mark.parametrize(
    "kept",
    [
        replace(with_line(repair="换电机"), kind=DisposalKind.STOP_USE),
        with_line(repair="换电机", extent=Extent.QUANTITY),
        with_line(repair="换电机", extent=Extent.SHARE),
    ],
)
def test_a_repair_of_what_stays_stops_nothing(kept: CaseFacts) -> None:
    assert [one(kept, Gate.REPAIR, moment).outcome for moment in Moment] == [GateOutcome.PASSED] * 3


def test_every_gate_that_settles_later_is_one_that_can_be_planned() -> None:
    assert set(SETTLED_LATER) == {*OPEN, Gate.CUSTODY}


def test_unclear_title_stops_no_seeds() -> None:
    seeds = replace(
        with_line(title=TitleStatus.UNCONFIRMED), kind=DisposalKind.CONSUMED, ground=Ground.CONSUMED, report=None,
        appraisal_needed=False,
    )  # fmt: skip
    assert blocking(ask(seeds, _EXECUTE, ON)) == ()


def test_a_loss_is_shown_in_a_photo() -> None:
    loss = replace(SOUND, kind=DisposalKind.LOSS, ground=Ground.DISASTER, report=None, appraisal_needed=False)
    assert one(loss, Gate.GROUND).blocks
    assert not one(replace(loss, papers=frozenset({EvidenceKind.PHOTO})), Gate.GROUND).blocks


def test_equity_without_exit_terms_is_not_left() -> None:
    facts = replace(
        SOUND, kind=DisposalKind.EQUITY_EXIT, ground=Ground.TERM_ENDED, lines=(replace(LINE, nature=Nature.EQUITY),)
    )
    assert one(facts, Gate.EXIT).blocks
    assert not one(replace(facts, exit_terms="按原值回购"), Gate.EXIT).blocks
    told = replace(facts, lines=(replace(LINE, nature=Nature.EQUITY, exit_terms="满五年退本"),))
    assert not one(told, Gate.EXIT).blocks


def test_what_went_before_is_told_and_summed() -> None:
    facts = replace(
        SOUND, earlier=(Earlier("CZ-500240-2026-0001", 30_000_000, date(2026, 2, 1)),), basis_fen=78_600_000
    )
    asked = one(facts, Gate.SPLIT)
    assert asked.outcome is GateOutcome.ARRANGED
    assert asked.answer.params["sum"] == "786,000.00"
    assert not asked.blocks


def test_a_case_split_after_submission_is_sent_the_longer_way() -> None:
    facts = replace(SOUND, opened_route="DISPOSAL.COLLECTIVE.1")
    assert one(facts, Gate.SPLIT, _DECIDE).blocks
    assert not one(replace(facts, opened_route=SOUND.route_key), Gate.SPLIT, _DECIDE).blocks
