"""What may be proposed, by whom, from when, and who may agree. Pure.

A new value or route takes effect on the day it is confirmed or later, never earlier: open requests, notices and time
limits rest on what held when they began. Two persons stand behind every row.
"""

from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from unicodedata import normalize

from registry.audit.canonical import JsonValue, encode
from registry.errors import Conflict, Forbidden, Invalid
from registry.permissions import GRANTS, Actor, Permission
from registry.policy.definitions import DEFINITIONS
from registry.policy.measures import COUNTED, Value
from registry.policy.parameters import Definition, Parameter
from registry.policy.procedures import Procedure
from registry.policy.rules import Bound, PolicyStatus
from registry.policy.steps import step_to_json
from registry.policy.values import say_value
from registry.regions import Level, level_of
from registry.text import N_

GOOD_SENSE = N_("本系统的合理范围")
#: The levels that set policy; townships and villages live by what their county set.
SETTING = frozenset({Level.MUNICIPALITY, Level.COUNTY})


class OtherUnitsPolicy(Forbidden):
    """Policy is proposed by those who hold the office in that very county or municipality."""

    message = N_("政策参数和流程由区县或市级单位自己的人提出，不能替别的单位提出。")


class BoundsAreTheMunicipalitys(Forbidden):
    """Only the municipality says how far the counties may go."""

    message = N_("只有市级可以定上限和下限。")


class NoBounds(Invalid):
    """Only what is counted has a least and a most."""

    message = N_("“%(label)s”不是数值，不能定上限或下限。")


class EffectiveInPast(Invalid):
    """A rule is never laid back: what is under way rests on what held when it began."""

    message = N_("生效日期不能早于今天：已经受理的申请、已经张贴的公示都按当时的规定办，规定不能倒过去改。")


class DocumentMissing(Invalid):
    """Every value and route rests on a document."""

    message = N_("请写明依据文件的文号和名称，没有文件不能改规定。")


class PolicyReasonMissing(Invalid):
    """Every change says why."""

    message = N_("请写明为什么这样定，群众和审计都会看到。")


class TooLow(Invalid):
    """The value lies below what a statute or the municipality allows."""

    message = N_("“%(label)s”不能低于 %(least)s，依据：%(basis)s。")


class TooHigh(Invalid):
    """The value lies above what a statute or the municipality allows."""

    message = N_("“%(label)s”不能高于 %(most)s，依据：%(basis)s。")


class ProposalOpen(Conflict):
    """One proposal about one thing at a time."""

    message = N_("这一项已有一件提议等第二人确认，办完再提。")


class ProposalDecided(Conflict):
    """The proposal no longer waits."""

    message = N_("这件提议已经办过了。")


class SecondPersonNeeded(Forbidden):
    """Who proposed never confirms."""

    message = N_("自己提出的规定要由第二个人确认。")


class RefusalUnexplained(Invalid):
    """A refusal says why."""

    message = N_("不同意要写明理由。")


def composed(text: str | None) -> str:
    """Return a text as it is kept and digested: trimmed, each character in its composed form."""
    return normalize("NFC", (text or "").strip())


@dataclass(frozen=True)
class ValueProposal:
    """A value, or a bound for those below, that a region means to set from a day on, by a document."""

    region_code: str
    parameter: Parameter
    bound: Bound
    value: Value
    effective_on: date
    document: str
    reason: str

    def digest(self) -> str:
        """Digest what is decided on."""
        content: dict[str, JsonValue] = {
            "region_code": self.region_code,
            "parameter": self.parameter.value,
            "bound": self.bound.value,
            "value": self.value,
        }
        return _digest(content, self.effective_on, self.document, self.reason)


@dataclass(frozen=True)
class RouteProposal:
    """The steps that a region means to give a route from a day on, by a document."""

    region_code: str
    key: str
    procedure: Procedure
    effective_on: date
    document: str
    reason: str

    def digest(self) -> str:
        """Digest what is decided on."""
        content: dict[str, JsonValue] = {
            "region_code": self.region_code,
            "route": self.key,
            "steps": [step_to_json(step) for step in self.procedure],
        }
        return _digest(content, self.effective_on, self.document, self.reason)


def _digest(content: dict[str, JsonValue], effective_on: date, document: str, reason: str) -> str:
    whole = {**content, "effective_on": effective_on.isoformat(), "document": document, "reason": reason}
    return sha256(encode(whole).encode()).hexdigest()


@dataclass(frozen=True)
class Limit:
    """A least or most value and where it is written."""

    value: int
    basis: str


def check_proposer(region_code: str, by: Actor) -> None:
    """Raise unless the unit sets policy and the person holds the office of proposing in that very unit."""
    if level_of(region_code) not in SETTING or region_code not in seats_of_proposer(by):
        raise OtherUnitsPolicy


def seats_of_proposer(by: Actor) -> list[str]:
    """Return the units whose policy a person may propose to change."""
    held = {g.region_code for g in by.grants if Permission.POLICY_PROPOSE in GRANTS[g.role]}
    return sorted(code for code in held if level_of(code) in SETTING)


def check_grounds(document: str, reason: str, effective_on: date, on: date) -> None:
    """Raise unless a document and a reason are named and the day has not passed."""
    if not document.strip():
        raise DocumentMissing(field="document")
    if not reason.strip():
        raise PolicyReasonMissing(field="reason")
    if effective_on < on:
        raise EffectiveInPast(field="effective_on")


def check_bound(proposal: ValueProposal) -> None:
    """Raise unless the region may set this kind of row."""
    if proposal.bound is Bound.VALUE:
        return
    if level_of(proposal.region_code) is not Level.MUNICIPALITY:
        raise BoundsAreTheMunicipalitys
    if DEFINITIONS[proposal.parameter].measure not in COUNTED:
        raise NoBounds(field="bound", label=proposal.parameter.label)


def check_within(proposal: ValueProposal, least: list[Limit], most: list[Limit]) -> None:
    """Raise TooLow or TooHigh, naming the limit and its basis, unless the value keeps every limit."""
    value, label = proposal.value, proposal.parameter.label
    if not isinstance(value, int):
        return
    for limit in least:
        if value < limit.value:
            raise TooLow(field="value", label=label, least=_said(proposal, limit), basis=limit.basis)
    for limit in most:
        if value > limit.value:
            raise TooHigh(field="value", label=label, most=_said(proposal, limit), basis=limit.basis)


def _said(proposal: ValueProposal, limit: Limit) -> str:
    return str(say_value(proposal.parameter, limit.value))


def own_limits(parameter: Parameter) -> tuple[list[Limit], list[Limit]]:
    """Return the least and the most that the product's own table allows: a statute's, or the bounds of good sense."""
    definition = DEFINITIONS[parameter]
    floor, ceiling = definition.floor, definition.ceiling
    least = [] if floor is None else [Limit(floor, _basis_of(definition, floor))]
    return least, [] if ceiling is None else [Limit(ceiling, _basis_of(definition, ceiling))]


def _basis_of(definition: Definition, limit: int) -> str:
    """A statute that fixes the default fixes the bound beside it; the other bound only keeps out slips of the pen."""
    return definition.basis if definition.settled and limit == definition.default else GOOD_SENSE


def check_decision(status: str, proposed_by_id: int | None, by: Actor) -> None:
    """Raise unless the proposal still waits and somebody other than the proposer decides."""
    if status != PolicyStatus.PROPOSED:
        raise ProposalDecided
    if proposed_by_id == by.id:
        raise SecondPersonNeeded
