"""Policy as JSON: what holds, how it came about, what is proposed. Values are texts, as a person would type them."""

from typing import Any

from marshmallow import fields, post_load, validate

from registry.evidence.rules import EvidenceKind
from registry.policy.measures import Group, Measure
from registry.policy.parameters import Parameter
from registry.policy.procedures import Seat, StepKind, StepRule
from registry.policy.proposals import RouteProposal, ValueProposal, composed
from registry.policy.routes import ROUTES_BY_KEY
from registry.policy.rules import Bound, PolicyStatus
from registry.policy.steps import LIMITS, MOST_STEPS, TERMS, step_from_json
from registry.policy.values import MOST_CALENDAR, read_value
from registry.rest.fields import PageArguments, Strict, choice, code, day, listed, text

_TERMS = [one.value for some in TERMS.values() for one in some]
_VALUE = {"description": "按人填写的样子：天数 10，金额 50000.00，百分数 12.5，是否 1 或 0，日期 2012-11-08"}


class DayArguments(Strict):
    """On which day; today if none is named."""

    on = day()


class ProposalArguments(PageArguments):
    """Which proposals a list shows."""

    status = choice(PolicyStatus)


class PolicyStep(Strict):
    """One step of a route."""

    kind = choice(StepKind, needed=True)
    seat = choice(Seat, needed=True)
    label = text(40, needed=True, least=1)
    limit = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf([one.value for one in LIMITS]),
        metadata={"description": "办理时限取哪个参数"},
    )  # fmt: skip
    days = fields.String(
        load_default=None, allow_none=True, validate=validate.OneOf(_TERMS),
        metadata={"description": "公示或备案的天数取哪个参数"},
    )  # fmt: skip
    papers = fields.List(choice(EvidenceKind), load_default=list, validate=validate.Length(max=len(EvidenceKind)))
    each_owner = fields.Boolean(load_default=False)
    fixed = fields.Boolean(load_default=False, metadata={"description": "必经环节，区县不得取消"})

    @post_load
    def make(self, data: dict[str, Any], **_: Any) -> StepRule:
        return step_from_json({**data, "label": composed(data["label"])})


class Grounds(Strict):
    """On what a proposal rests."""

    region_code = code(needed=True)
    effective_on = day(needed=True)
    document = text(200, needed=True, least=1)
    reason = text(500, needed=True, least=1)


class PolicyValueEntry(Grounds):
    """Another value of a parameter, or a bound for those below."""

    parameter = choice(Parameter, needed=True)
    bound = choice(Bound, load_default=Bound.VALUE.value)
    value = text(MOST_CALENDAR, needed=True, metadata=_VALUE)

    def to_proposal(self, said: dict[str, Any]) -> ValueProposal:
        """Return what is proposed; raises what reading a value raises."""
        parameter = Parameter(said["parameter"])
        return ValueProposal(
            said["region_code"], parameter, Bound(said["bound"]), read_value(parameter, said["value"]),
            said["effective_on"], composed(said["document"]), composed(said["reason"]),
        )  # fmt: skip


class PolicyRouteEntry(Grounds):
    """Other steps of a route."""

    route = fields.String(required=True, validate=validate.OneOf(list(ROUTES_BY_KEY)))
    steps = fields.List(fields.Nested(PolicyStep), required=True, validate=validate.Length(min=1, max=MOST_STEPS))

    @post_load
    def make(self, said: dict[str, Any], **_: Any) -> RouteProposal:
        return RouteProposal(
            said["region_code"], said["route"], tuple(said["steps"]), said["effective_on"], composed(said["document"]),
            composed(said["reason"]),
        )  # fmt: skip


class PolicyOpinion(Strict):
    """What the second person says to it."""

    opinion = text(500, load_default="")


class PolicySource(Strict):
    """Which row sets it: of which unit, from when, by which document."""

    id = fields.String(attribute="row_id", required=True)
    region_code = fields.String(required=True)
    effective_on = fields.Date(required=True)
    document = fields.String(required=True)


class StandingValue(Strict):
    """What holds of one parameter."""

    parameter = choice(Parameter, needed=True)
    label = fields.String(required=True)
    group = choice(Group, needed=True)
    measure = choice(Measure, needed=True)
    value = fields.String(required=True, metadata=_VALUE)
    said = fields.String(required=True, metadata={"description": "读给人听的说法"})
    basis = fields.String(required=True)
    is_example = fields.Boolean(required=True, metadata={"description": "尚无文件定过，是系统的示例"})
    set_by = fields.Nested(PolicySource, required=True, allow_none=True)
    bound_by = fields.Nested(PolicySource, required=True, allow_none=True)


class StandingSteps(Strict):
    """The steps of one route."""

    route = fields.String(required=True)
    label = fields.String(required=True)
    basis = fields.String(required=True)
    steps = fields.List(fields.Nested(PolicyStep), required=True)
    set_by = fields.Nested(PolicySource, required=True, allow_none=True)


class ProposalRow(Strict):
    """A proposed value or route; ``value`` and ``bound`` or ``steps``, by its kind."""

    kind = fields.String(required=True, validate=validate.OneOf(["value", "route"]))
    id = fields.String(required=True)
    version = fields.Integer(attribute="version_id", required=True)
    region_code = fields.String(required=True)
    status = choice(PolicyStatus, needed=True)
    effective_on = fields.Date(required=True)
    document = fields.String(required=True)
    reason = fields.String(required=True)
    digest = fields.String(required=True)
    proposed_by = fields.String(attribute="proposed_by_text", required=True)
    proposed_at = fields.AwareDateTime(required=True)
    decided_by = fields.String(attribute="decided_by_text", required=True)
    decided_at = fields.AwareDateTime(required=True, allow_none=True)
    opinion = fields.String(required=True)
    parameter = choice(Parameter)
    bound = choice(Bound)
    value = fields.String(metadata=_VALUE)
    route = fields.String()
    steps = fields.List(fields.Nested(PolicyStep))


StandingValuePage = listed(StandingValue)
StandingStepsPage = listed(StandingSteps)
ProposalPage = listed(ProposalRow)
