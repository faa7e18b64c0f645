"""The table of quorums and majorities row by row: boundaries, an independent oracle, and every refusal."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registry.approvals.meetings import refusals
from registry.approvals.meetings.checks import check_meeting
from registry.approvals.meetings.facts import (
    Attendance,
    Case,
    MeetingFacts,
    Vote,
)
from registry.approvals.meetings.kinds import (
    KINDS,
    Matter,
    MeetingKind,
    Share,
)
from registry.approvals.meetings.rules import verdict
from registry.errors import RegistryError
from tests.approvals.gatherings import HELD_ON, NOTIFIED_ON, STAGES, K, default_policy, item, told
from tests.factories import COUNTY, TODAY, VILLAGE

POLICY = default_policy()
STRICT = default_policy(VOTE_RULE="FOUR_FIFTHS_OF_ALL")
DECIDING = list(KINDS)


def check(facts: MeetingFacts) -> None:
    check_meeting(facts, on=TODAY, policy=POLICY)


#: The table as heads: kind, due, came, how many must come, how many of those who came must agree.
BOUNDARIES = [
    (K.MEMBERS, 300, 200, 200, 200),
    (K.MEMBERS, 301, 201, 201, 201),
    (K.MEMBERS, 302, 202, 202, 202),
    (K.MEMBERS, 1, 1, 1, 1),
    (K.DELEGATES, 21, 1, None, 14),
    (K.DELEGATES, 22, 20, None, 15),
    (K.BOARD, 3, 2, 2, 2),
    (K.BOARD, 4, 3, 3, 3),
    (K.BOARD, 5, 4, 4, 3),
    (K.BOARD, 6, 4, 4, 4),
    (K.VILLAGERS, 900, 451, 451, 226),
    (K.VILLAGERS, 901, 451, 451, 226),
    (K.VILLAGERS, 901, 452, 451, 227),
    (K.REPRESENTATIVES, 40, 27, 27, 14),
    (K.REPRESENTATIVES, 42, 28, 28, 15),
    (K.GROUP, 90, 60, 60, 31),
    (K.GROUP, 91, 61, 61, 31),
    (K.UNIT, 7, 4, 4, 4),
    (K.UNIT, 8, 5, 5, 5),
]


@pytest.mark.parametrize(("kind", "due", "came", "people", "votes"), BOUNDARIES)
def test_the_table_of_the_law_holds_to_the_last_vote(
    kind: MeetingKind, due: int, came: int, people: int | None, votes: int
) -> None:
    found = verdict(kind, Attendance(due, came), Vote(votes, came - min(votes, came)), POLICY)
    assert (found.needed.people, found.needed.votes) == (people, votes)
    assert found.quorate
    if votes <= came:
        assert found.carried
    assert not verdict(kind, Attendance(due, came), Vote(votes - 1, came - votes + 1), POLICY).carried
    if people is not None and people > 1:
        short = verdict(kind, Attendance(due, people - 1), Vote(people - 1), POLICY)
        assert not short.quorate
        assert not short.carried


def oracle(kind: MeetingKind, a: Attendance, agreed: int, *, strict: bool) -> tuple[bool, bool]:
    """Quorum and result by cross-multiplication, written from the law's text and from nothing of the product."""
    came = a.present + a.proxies
    two_thirds_came = 3 * came >= 2 * a.due
    households = a.households_due > 0 and 3 * a.households_present >= 2 * a.households_due
    of_all = 5 * agreed >= 4 * a.due if strict else 3 * agreed >= 2 * a.due
    quorate, enough = {
        "A1": (two_thirds_came, of_all),
        "A2": (True, of_all),
        "A3": (two_thirds_came, 2 * agreed > a.due),
        "B1": (2 * came > a.due or households, 2 * agreed > came),
        "B2": (two_thirds_came, 2 * agreed > came),
        "B3": (two_thirds_came or households, 2 * agreed > came),
        "UNIT": (2 * came > a.due, 2 * agreed > a.due),
    }[kind.value]
    return quorate, quorate and enough


@st.composite
def gatherings(draw: st.DrawFn) -> tuple[Attendance, Vote]:
    due = draw(st.integers(1, 4000))
    present = draw(st.integers(0, due))
    proxies = draw(st.integers(0 if present else 1, due - present))
    households = draw(st.integers(0, 1500))
    represented = draw(st.integers(0, households))
    agreed = draw(st.integers(0, present + proxies))
    opposed = draw(st.integers(0, present + proxies - agreed))
    there = Attendance(due, present, proxies, households, represented)
    return there, Vote(agreed, opposed, present + proxies - agreed - opposed)


@pytest.mark.parametrize("strict", [False, True])
@pytest.mark.parametrize("kind", DECIDING)
@given(told_of=gatherings())
def test_every_verdict_is_the_one_that_cross_multiplication_gives(
    kind: MeetingKind, strict: bool, told_of: tuple[Attendance, Vote]
) -> None:
    there, vote = told_of
    found = verdict(kind, there, vote, STRICT if strict else POLICY)
    assert (found.quorate, found.carried) == oracle(kind, there, vote.agreed, strict=strict)


@pytest.mark.parametrize("kind", DECIDING)
@given(told_of=gatherings())
def test_what_is_said_to_be_needed_is_enough_and_one_less_is_not(
    kind: MeetingKind, told_of: tuple[Attendance, Vote]
) -> None:
    there, _vote = told_of
    found = verdict(kind, there, Vote(0), POLICY)
    if found.quorate and found.needed.votes <= there.attending:
        assert verdict(kind, there, Vote(found.needed.votes), POLICY).carried
        assert not verdict(kind, there, Vote(found.needed.votes - 1), POLICY).carried


@given(told_of=gatherings())
def test_the_reasons_say_what_the_verdict_says(told_of: tuple[Attendance, Vote]) -> None:
    found = verdict(K.VILLAGERS, *told_of, POLICY)
    *quorum, vote = found.reasons
    assert found.quorate == any(reason.met for reason in quorum)
    assert found.carried == (found.quorate and vote.met)
    assert all(reason.text % reason.params for reason in found.reasons)


def test_the_oracle_notices_a_wrong_majority() -> None:
    there, vote = Attendance(300, 300), Vote(199, 101)
    assert Share(199, 300).is_met(vote.agreed, there.due)
    assert oracle(K.MEMBERS, there, vote.agreed, strict=False) == (True, False)


def test_a_stricter_vote_rule_binds_assemblies_of_the_collective_only() -> None:
    votes = {kind: verdict(kind, Attendance(100, 100), Vote(100), STRICT).needed.votes for kind in DECIDING}
    assert (votes[K.MEMBERS], votes[K.DELEGATES]) == (80, 80)
    loose = {kind: verdict(kind, Attendance(100, 100), Vote(100), POLICY).needed.votes for kind in DECIDING}
    assert {kind for kind in DECIDING if votes[kind] != loose[kind]} == {K.MEMBERS, K.DELEGATES}
    assert loose[K.MEMBERS] == 67


@pytest.mark.parametrize("kind", list(MeetingKind))
def test_a_meeting_held_as_the_law_wants_is_taken(kind: MeetingKind) -> None:
    check(told(kind))


def passed_by(present: int, agreed: int) -> MeetingFacts:
    """Four discussions of which the party members' meeting of 30 went so."""
    return told(K.FOUR_DISCUSSIONS, stages=(*STAGES[:2], replace(STAGES[2], present=present, agreed=agreed)))


def voted(kind: MeetingKind, there: Attendance, vote: Vote) -> MeetingFacts:
    """A meeting of other heads, with the votes of those there."""
    return told(kind, attendance=there, items=(item(kind, vote=vote),))


SPOILED: list[tuple[str, MeetingFacts, type[RegistryError]]] = [
    ("a village has no leadership meeting", told(K.UNIT, region_code=VILLAGE), refusals.KindNotOfUnit),
    ("a county has no villagers", told(K.VILLAGERS, region_code=COUNTY), refusals.KindNotOfUnit),
    ("tomorrow", told(held_on=TODAY + timedelta(1)), refusals.InFuture),
    ("nine days", told(notified_on=NOTIFIED_ON + timedelta(1)), refusals.NoticeTooShort),
    ("two days", told(K.REPRESENTATIVES, notified_on=HELD_ON - timedelta(2)), refusals.NoticeTooShort),
    ("nine days to villagers", told(K.VILLAGERS, notified_on=HELD_ON - timedelta(9)), refusals.NoticeTooShort),
    ("never notified", told(notified_on=None), refusals.NotNotified),
    ("notified afterwards", told(K.BOARD, notified_on=HELD_ON + timedelta(1)), refusals.NotNotified),
    ("before the law", told(held_on=date(2025, 4, 30), notified_on=date(2025, 4, 1)), refusals.LawNotInForce),
    ("nobody due", told(attendance=Attendance(0, 0)), refusals.NobodyDue),
    ("nobody there", told(attendance=Attendance(9, 0)), refusals.NobodyDue),
    ("too many", told(attendance=Attendance(312, 300, 13)), refusals.MorePresentThanDue),
    ("proxies of directors", told(K.BOARD, attendance=Attendance(5, 3, 1)), refusals.ProxiesNotAllowed),
    ("proxies of villagers", told(K.VILLAGERS, attendance=Attendance(900, 400, 80)), refusals.ProxiesNotAllowed),
    ("more households than due", told(K.GROUP, attendance=Attendance(90, 60, 0, 30, 31)), refusals.HouseholdsDoNotFit),
    ("households without people", told(K.GROUP, attendance=Attendance(90, 5, 0, 30, 6)), refusals.HouseholdsDoNotFit),
    ("twenty delegates", told(K.DELEGATES, attendance=Attendance(20, 20, women=5)), refusals.BodyTooSmall),
    ("no woman", told(K.DELEGATES, attendance=Attendance(30, 28)), refusals.TooFewWomen),
    (
        "31 of 40 are representatives",
        told(K.REPRESENTATIVES, attendance=Attendance(40, 30, representatives=31, women=14)),
        refusals.TooFewRepresentatives,
    ),
    (
        "13 of 40 are women",
        told(K.REPRESENTATIVES, attendance=Attendance(40, 30, representatives=32, women=13)),
        refusals.TooFewWomen,
    ),
    ("no charter", told(K.DELEGATES, authority=" "), refusals.AuthorityMissing),
    ("no authorisation", told(K.REPRESENTATIVES, authority=""), refusals.AuthorityMissing),
    ("no item", told(items=()), refusals.NothingDecided),
    ("one vote too few", told(items=(item(K.MEMBERS, vote=Vote(209)),)), refusals.VotesDoNotAddUp),
    ("one vote too many", told(items=(item(K.MEMBERS, vote=Vote(208, 2, 1)),)), refusals.VotesDoNotAddUp),
    ("one case twice", told(items=(item(K.MEMBERS, case=Case("t", "1", "a" * 64)),) * 2), refusals.SameCaseTwice),
    ("altered twice", told(items=(item(K.MEMBERS, alters_id=3),) * 2), refusals.SameCaseTwice),
    ("party not asked", told(items=(item(K.MEMBERS, Matter.INVESTMENT),)), refusals.NotStudiedFirst),
    (
        "party asked afterwards",
        told(items=(item(K.MEMBERS, Matter.CHARTER),), party_studied_on=HELD_ON + timedelta(1)),
        refusals.NotStudiedFirst,
    ),
    (
        "plan not laid open",
        told(items=(item(K.MEMBERS, Matter.DISTRIBUTION_PLAN),), party_studied_on=HELD_ON),
        refusals.PapersNotOpened,
    ),
    (
        "accounts laid open nine days before",
        told(K.DELEGATES, items=(item(K.DELEGATES, Matter.YEARLY_ACCOUNTS),), readable_on=HELD_ON - timedelta(9)),
        refusals.PapersOpenedLate,
    ),
    ("no discussion", told(K.FOUR_DISCUSSIONS, stages=()), refusals.StageMissing),
    ("two discussions", told(K.FOUR_DISCUSSIONS, stages=STAGES[:2]), refusals.StageMissing),
    ("wrong order", told(K.FOUR_DISCUSSIONS, stages=STAGES[::-1]), refusals.StageMissing),
    ("discussions of an assembly", told(stages=STAGES), refusals.StageMissing),
    ("no resolving body", told(K.FOUR_DISCUSSIONS, resolved_by=None), refusals.StageMissing),
    ("the board resolves", told(K.FOUR_DISCUSSIONS, resolved_by=K.BOARD), refusals.StageMissing),
    ("an assembly resolved by another", told(resolved_by=K.VILLAGERS), refusals.StageMissing),
    (
        "reviewed before discussed",
        told(K.FOUR_DISCUSSIONS, stages=(STAGES[0], STAGES[1], replace(STAGES[2], held_on=date(2026, 10, 11)))),
        refusals.StagesOutOfOrder,
    ),
    (
        "resolved before reviewed",
        told(K.FOUR_DISCUSSIONS, stages=(*STAGES[:2], replace(STAGES[2], held_on=HELD_ON + timedelta(1)))),
        refusals.StagesOutOfOrder,
    ),
    ("19 of 30 party members came", passed_by(19, 19), refusals.StageNotPassed),
    ("14 of 30 party members agreed", passed_by(24, 14), refusals.StageNotPassed),
    (
        "nobody of the branch agreed",
        told(K.FOUR_DISCUSSIONS, stages=(replace(STAGES[0], agreed=0), *STAGES[1:])),
        refusals.StageNotPassed,
    ),
]


@pytest.mark.parametrize(("why", "facts", "refusal"), SPOILED, ids=[why for why, _facts, _refusal in SPOILED])
def test_what_the_law_or_the_numbers_contradict_is_refused(
    why: str, facts: MeetingFacts, refusal: type[RegistryError]
) -> None:
    with pytest.raises(refusal) as raised:
        check(facts)
    assert type(raised.value) is refusal
    assert str(raised.value)


ON_THE_EDGE: list[tuple[str, MeetingFacts]] = [
    ("held today", told(held_on=TODAY)),
    ("three days' notice to representatives", told(K.REPRESENTATIVES, notified_on=HELD_ON - timedelta(3))),
    ("the first day of the law", told(held_on=date(2025, 5, 1), notified_on=date(2025, 4, 21))),
    ("21 delegates, one woman", voted(K.DELEGATES, Attendance(21, 21, women=1), Vote(21))),
    (
        "32 representatives and 14 women of 40",
        voted(K.REPRESENTATIVES, Attendance(40, 30, representatives=32, women=14), Vote(30)),
    ),
    ("party asked the same day", told(items=(item(K.MEMBERS, Matter.CHARTER),), party_studied_on=HELD_ON)),
    ("the board needs no notice", told(K.BOARD, notified_on=None)),
    ("20 of 30 party members came and 15 agreed", passed_by(20, 15)),
    ("a meeting without a quorum has no votes", voted(K.MEMBERS, Attendance(312, 100), Vote(0))),
    ("households make the quorum", voted(K.VILLAGERS, Attendance(900, 190, 0, 280, 187), Vote(190))),
]


@pytest.mark.parametrize(("why", "facts"), ON_THE_EDGE, ids=[why for why, _facts in ON_THE_EDGE])
def test_what_just_fulfils_the_law_is_taken(why: str, facts: MeetingFacts) -> None:
    check(facts)


def test_with_a_quorum_everybody_there_has_voted() -> None:
    with pytest.raises(refusals.VotesDoNotAddUp):
        check(told(items=(item(K.MEMBERS, vote=Vote(0)),)))


def test_history_is_not_asked_for_its_notice_its_study_or_its_law() -> None:
    old = told(
        held_on=date(2020, 3, 1), notified_on=None, is_history=True, items=(item(K.MEMBERS, Matter.DISTRIBUTION_PLAN),)
    )
    check(old)
    with pytest.raises(RegistryError):
        check(replace(old, is_history=False))
