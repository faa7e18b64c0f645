"""States, desks, persons and acts: a case as the rules see it. Pure."""

from dataclasses import dataclass, field

from registry.kinds import Sector
from registry.permissions import ADMINISTRATORS, Grant, Role
from registry.policy.procedures import ABOVE, StepKind
from registry.regions import parent
from registry.text import N_, Labelled


class RequestStatus(Labelled):
    """How far a request has come."""

    OPEN = "OPEN", N_("办理中")
    CALLED_IN = "CALLED_IN", N_("已提级调阅")
    SENT_BACK = "SENT_BACK", N_("已退回")
    APPROVED = "APPROVED", N_("已同意，待执行")
    EXECUTED = "EXECUTED", N_("已执行")
    REJECTED = "REJECTED", N_("已否决")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


#: Requests that still hold their case: no other request of the same case may be opened.
RUNNING = frozenset(
    {RequestStatus.OPEN, RequestStatus.CALLED_IN, RequestStatus.SENT_BACK, RequestStatus.APPROVED}
)  # fmt: skip


class StepStatus(Labelled):
    """How far a step has come."""

    WAITING = "WAITING", N_("还没有到")
    CURRENT = "CURRENT", N_("正在办")
    DONE = "DONE", N_("已办")
    RECEIVED = "RECEIVED", N_("已收到备案")
    CALLED_IN = "CALLED_IN", N_("已调阅")
    RELEASED = "RELEASED", N_("已放行")


class Verdict(Labelled):
    """What a person says of a case."""

    AGREE = "AGREE", N_("同意")
    SEND_BACK = "SEND_BACK", N_("退回修改")
    REJECT = "REJECT", N_("否决")
    CALL_IN = "CALL_IN", N_("提级调阅")
    RELEASE = "RELEASE", N_("放行")


class Outcome(Labelled):
    """What a decision made of the case; the feature acts on APPROVED."""

    OPEN = "OPEN", N_("转下一环节")
    APPROVED = "APPROVED", N_("全部环节已同意")
    SENT_BACK = "SENT_BACK", N_("退回提交人")
    REJECTED = "REJECTED", N_("否决")
    SUSPENDED = "SUSPENDED", N_("暂停执行")
    WITHDRAWN = "WITHDRAWN", N_("撤回")


OUTCOMES: dict[RequestStatus, Outcome] = {
    RequestStatus.OPEN: Outcome.OPEN,
    RequestStatus.APPROVED: Outcome.APPROVED,
    RequestStatus.SENT_BACK: Outcome.SENT_BACK,
    RequestStatus.REJECTED: Outcome.REJECTED,
    RequestStatus.CALLED_IN: Outcome.SUSPENDED,
    RequestStatus.WITHDRAWN: Outcome.WITHDRAWN,
}


@dataclass(frozen=True)
class Desk:
    """Where a step lies: a role in exactly one unit, for one sector if the role is a sector department's."""

    role: Role
    unit_code: str
    sector: Sector | None = None

    def above(self) -> "Desk | None":
        """Return the desk one level up that acts in its place; None at the top."""
        role, unit = ABOVE.get(self.role), parent(self.unit_code)
        return Desk(role, unit) if role and unit else None


@dataclass(frozen=True)
class Step:
    """One step of a case as the rules see it."""

    kind: StepKind
    desk: Desk
    status: StepStatus = StepStatus.WAITING


@dataclass(frozen=True)
class Person:
    """Who acts: the grants that hold today, and whom they stand in for (委托代办)."""

    id: int
    name: str
    grants: tuple[Grant, ...]
    stands_for: tuple["Person", ...] = ()

    @property
    def is_administrator(self) -> bool:
        return any(grant.role in ADMINISTRATORS for grant in self.grants)


@dataclass(frozen=True)
class Act:
    """What somebody said at a step, in whose place, about which content."""

    person_id: int
    position: int
    verdict: Verdict
    digest: str
    for_id: int | None = None


@dataclass(frozen=True)
class Case:
    """A request as the rules see it. ``bars`` names who holds a particular interest, by person and by name."""

    submitter_id: int | None
    digest: str
    steps: tuple[Step, ...]
    status: RequestStatus = RequestStatus.OPEN
    acts: tuple[Act, ...] = ()
    bars: dict[int, str] = field(default_factory=dict)
    barred_names: dict[str, str] = field(default_factory=dict)

    @property
    def position(self) -> int | None:
        """Where the case lies now; None if on nobody's desk."""
        places = (n for n, step in enumerate(self.steps) if step.status is StepStatus.CURRENT)
        return next(places, None)

    @property
    def valid_acts(self) -> tuple[Act, ...]:
        """The acts that saw the content as it stands now; the others are void."""
        return tuple(act for act in self.acts if act.digest == self.digest)
