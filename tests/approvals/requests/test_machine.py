"""Check 13 of trust.md §7: every path of six acts over four levels; only legal ones approve, none is refused."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest

from registry.approvals.requests import machine
from registry.approvals.requests.machine import decide, opened, resubmitted
from registry.approvals.requests.states import Case, Desk, Person, RequestStatus, Step, StepStatus, Verdict
from registry.errors import RegistryError
from registry.permissions import Grant, Role
from registry.policy.procedures import StepKind
from tests.factories import COUNTY, MUNICIPALITY, SIBLING_TOWNSHIP, TOWNSHIP, VILLAGE

DEPTH = 6
COMMITTEE, SUPERVISOR = Role.VILLAGE_SUPERVISORY_COMMITTEE, Role.TOWNSHIP_SUPERVISOR
AGRICULTURE, MUNICIPAL = Role.COUNTY_AGRICULTURE, Role.MUNICIPAL_SUPERVISOR
LEVELS = (
    Step(StepKind.COUNTERSIGN, Desk(COMMITTEE, VILLAGE)),
    Step(StepKind.REVIEW, Desk(SUPERVISOR, TOWNSHIP)),
    Step(StepKind.APPROVAL, Desk(AGRICULTURE, COUNTY)),
    Step(StepKind.APPROVAL, Desk(MUNICIPAL, MUNICIPALITY)),
)


def someone(number: int, *grants: tuple[Role, str], stands_for: tuple[Person, ...] = ()) -> Person:
    return Person(number, f"人员{number}", tuple(Grant(role, unit) for role, unit in grants), stands_for)


SUBMITTER = someone(1, (Role.VILLAGE_CLERK, VILLAGE), (SUPERVISOR, TOWNSHIP))
MEMBER = someone(2, (COMMITTEE, VILLAGE))
TOWN = someone(3, (SUPERVISOR, TOWNSHIP))
COUNTY_PERSON = someone(4, (AGRICULTURE, COUNTY))
CITY = someone(5, (MUNICIPAL, MUNICIPALITY))
TWO_HATS = someone(6, (SUPERVISOR, TOWNSHIP), (AGRICULTURE, COUNTY))
KIN = someone(7, (AGRICULTURE, COUNTY))
ADMINISTRATOR = someone(8, (Role.SYSTEM_ADMINISTRATOR, COUNTY), (AGRICULTURE, COUNTY))
DEPUTY = someone(9, (Role.DEPUTY, TOWNSHIP), stands_for=(TOWN,))
STRANGER = someone(10, (SUPERVISOR, SIBLING_TOWNSHIP))
NAMESAKE = replace(someone(11, (MUNICIPAL, MUNICIPALITY)), name="买主")
PEOPLE = (
    SUBMITTER, MEMBER, TOWN, COUNTY_PERSON, CITY, TWO_HATS, KIN, ADMINISTRATOR, DEPUTY, STRANGER, NAMESAKE,
)  # fmt: skip
#: By hand, not from the machine: who may ever sign at each step, and in whose place.
SIGNERS: tuple[dict[int, int | None], ...] = ({2: None}, {3: None, 6: None, 9: 3}, {4: None, 6: None}, {5: None})
FRESH = opened(Case(1, "a", LEVELS, bars={7: "近亲属"}, barred_names={"买主": "受让方"}))
VERDICTS = (Verdict.AGREE, Verdict.SEND_BACK, Verdict.REJECT)


@dataclass(frozen=True)
class Told:
    """One act as the oracle keeps it."""

    person: int
    principal: int | None
    position: int
    verdict: Verdict
    digest: str


History = tuple[Told, ...]


def allowed(history: History, person: Person, position: int, digest: str, current: str) -> bool:
    """Say by the words of the rule whether a person may sign at a step."""
    signers = SIGNERS[position]
    if person.id not in signers or digest != current:
        return False
    me = {person.id, signers[person.id]} - {None}
    return not any(me & {one.person, one.principal} for one in history if one.position != position)


def problems(case: Case, history: History, current: str) -> Iterator[str]:
    """Say what is wrong with a case after a history."""
    agreed = [one for one in history if one.verdict is Verdict.AGREE and one.digest == current]
    if case.status is RequestStatus.APPROVED:
        if [one.position for one in agreed] != sorted({one.position for one in agreed}) or len(agreed) != len(LEVELS):
            yield f"approved by {agreed}"
        people = [{one.person, one.principal} - {None} for one in agreed]
        if len(set().union(*people)) != sum(map(len, people)):
            yield f"one person at two levels: {agreed}"
        if {1, 7, 8, 10, 11} & set().union(*people):
            yield f"a barred person agreed: {agreed}"
    elif len(agreed) == len(LEVELS) and case.status is RequestStatus.OPEN:
        yield f"not approved though all agreed: {agreed}"


Deciding = Callable[[Case, Person, Verdict, str], Case]


def violations(depth: int, deciding: Deciding = decide) -> list[str]:
    """Walk every sequence of acts and return what the machine allowed or refused against the rule."""
    found: list[str] = []
    seen: set[object] = set()
    todo: list[tuple[Case, History, str, int]] = [(FRESH, (), "a", 0)]
    while todo:
        case, history, current, length = todo.pop()
        key = (case.status, tuple(step.status for step in case.steps), history, current, length)
        if key in seen:
            continue
        seen.add(key)
        found += problems(case, history, current)
        if length < depth:
            todo += moves(case, history, current, length, found, deciding)
    assert len(seen) > 2 ** (depth + 1)
    return found


def moves(
    case: Case, history: History, current: str, length: int, found: list[str], deciding: Deciding
) -> list[tuple[Case, History, str, int]]:
    following: list[tuple[Case, History, str, int]] = []
    position = case.position
    for person in PEOPLE:
        for verdict in VERDICTS:
            for digest in {current, "a"}:
                done = attempted(lambda p=person, v=verdict, d=digest: deciding(case, p, v, d))  # type: ignore[misc]
                may = case.status is RequestStatus.OPEN and position is not None
                may = may and allowed(history, person, position or 0, digest, current)
                if may != (done is not None):
                    found.append(f"{person.id} {verdict} at {position}: {'refused' if may else 'allowed'}, {history}")
                if done is not None and position is not None:
                    told = Told(person.id, SIGNERS[position].get(person.id), position, verdict, digest)
                    following.append((done, (*history, told), current, length + 1))
    if case.status is RequestStatus.SENT_BACK:
        following += [(resubmitted(case, d), history, d, length + 1) for d in (current, current + "b")]
    return following


def attempted(deed: Callable[[], Case]) -> Case | None:
    try:
        return deed()
    except RegistryError:
        return None


def test_of_every_path_of_six_acts_only_legal_ones_approve(*, full: bool) -> None:
    assert violations(DEPTH + 2 if full else DEPTH) == []


def test_a_machine_that_forgets_the_second_level_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = machine.bar_of
    monkeypatch.setattr(
        machine, "bar_of", lambda case, position, person: real(replace(case, acts=()), position, person)
    )
    assert any("allowed" in one for one in violations(4))


def test_a_machine_that_forgets_the_submitter_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    real = machine.bar_of
    forgetful = lambda case, position, person: real(replace(case, submitter_id=None), position, person)  # noqa: E731
    monkeypatch.setattr(machine, "bar_of", forgetful)
    assert any("1 AGREE" in one for one in violations(4))


def test_a_machine_that_takes_old_content_is_found() -> None:
    assert any("allowed" in one for one in violations(4, lambda case, p, v, _: decide(case, p, v, case.digest)))


def test_a_machine_that_refuses_a_legal_deputy_is_found() -> None:
    lonely = lambda case, p, v, d: decide(case, replace(p, stands_for=()), v, d)  # noqa: E731
    assert any("9 AGREE at 1: refused" in one for one in violations(4, lonely))


def test_changed_content_voids_what_was_agreed_and_starts_anew() -> None:
    case = decide(FRESH, MEMBER, Verdict.AGREE, "a")
    case = resubmitted(decide(case, TOWN, Verdict.SEND_BACK, "a"), "b")
    assert case.position == 0
    assert case.valid_acts == ()
    assert len(case.acts) == 2


def test_the_same_content_goes_on_where_it_was_stopped() -> None:
    case = decide(FRESH, MEMBER, Verdict.AGREE, "a")
    case = resubmitted(decide(case, TOWN, Verdict.SEND_BACK, "a"), "a")
    assert case.position == 1
    assert [act.verdict for act in case.valid_acts] == [Verdict.AGREE, Verdict.SEND_BACK]


def test_rejecting_ends_a_case() -> None:
    case = decide(FRESH, MEMBER, Verdict.REJECT, "a")
    assert case.status is RequestStatus.REJECTED
    for person in PEOPLE:
        assert attempted(lambda p=person: decide(case, p, Verdict.AGREE, "a")) is None  # type: ignore[misc]


def test_nothing_is_executed_before_every_level_agreed() -> None:
    case = FRESH
    for person in (MEMBER, TOWN, COUNTY_PERSON):
        case = decide(case, person, Verdict.AGREE, "a")
        assert attempted(lambda c=case: machine.executed(c)) is None  # type: ignore[misc]
    case = decide(case, CITY, Verdict.AGREE, "a")
    assert machine.executed(case).status is RequestStatus.EXECUTED
    assert all(step.status is StepStatus.DONE for step in case.steps)
