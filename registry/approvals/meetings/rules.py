"""What a meeting needed, whether it had its quorum, and whether it carried its resolutions. Exact, pure."""

from dataclasses import dataclass

from registry.approvals.meetings.facts import Attendance, Vote
from registry.approvals.meetings.kinds import BY_VOTE_RULE, KINDS, Majority, MeetingKind
from registry.policy.parameters import Parameter, VoteRule
from registry.policy.rules import Policy
from registry.text import N_


@dataclass(frozen=True)
class Needed:
    """What the law demands of one sitting, in heads and votes; None where it demands nothing of the kind."""

    people: int | None
    households: int | None
    majority: Majority
    votes: int


@dataclass(frozen=True)
class Reason:
    """One sentence of a verdict: a message with its numbers."""

    met: bool
    text: str
    params: dict[str, int]


@dataclass(frozen=True)
class Verdict:
    """What was needed, what was there, and what follows."""

    needed: Needed
    attendance: Attendance
    vote: Vote

    @property
    def quorate(self) -> bool:
        """Whether enough came: people or, where the law counts them, households."""
        return is_quorate(self.needed, self.attendance)

    @property
    def carried(self) -> bool:
        """Whether the resolution stands."""
        return self.quorate and self.vote.agreed >= self.needed.votes

    @property
    def reasons(self) -> tuple[Reason, ...]:
        """Say why, in words."""
        enough = self.vote.agreed >= self.needed.votes
        text = (
            N_("同意 %(agreed)s 票，需要 %(needed)s 票，已达到") if enough
            else N_("同意 %(agreed)s 票，需要 %(needed)s 票，还差 %(short)s 票")
        )  # fmt: skip
        short = max(self.needed.votes - self.vote.agreed, 0)
        params = {"agreed": self.vote.agreed, "needed": self.needed.votes}
        return (*quorum_reasons(self.needed, self.attendance), Reason(enough, text, {**params, "short": short}))


def quorum_reasons(needed: Needed, attendance: Attendance) -> tuple[Reason, ...]:
    """Say whether enough people, or enough households, came."""
    found = []
    if needed.people is not None:
        params = {"attending": attendance.attending, "due": attendance.due, "needed": needed.people}
        text = N_("应到 %(due)s 人，到会 %(attending)s 人，需要 %(needed)s 人")
        found.append(Reason(attendance.attending >= needed.people, text, params))
    if needed.households is not None:
        params = {
            "attending": attendance.households_present, "due": attendance.households_due, "needed": needed.households,
        }  # fmt: skip
        text = N_("应到 %(due)s 户，到会 %(attending)s 户，需要 %(needed)s 户")
        found.append(Reason(attendance.households_present >= needed.households, text, params))
    return tuple(found)


def is_quorate(needed: Needed, attendance: Attendance) -> bool:
    """Say whether one of the ways to a quorum was met; where the law names none, always."""
    reasons = quorum_reasons(needed, attendance)
    return not reasons or any(reason.met for reason in reasons)


def majority_of(kind: MeetingKind, policy: Policy) -> Majority:
    """Return which votes carry a resolution: the law's, or the region's stricter rule for members' assemblies."""
    return KINDS[kind].majority or BY_VOTE_RULE[VoteRule(policy.text(Parameter.VOTE_RULE))]


def needs(kind: MeetingKind, attendance: Attendance, policy: Policy) -> Needed:
    """Return how many must come and how many must agree; ``kind`` is the deciding one."""
    rule, majority = KINDS[kind], majority_of(kind, policy)
    whole = attendance.due if majority.is_of_all else attendance.attending
    counts_households = rule.households is not None and attendance.households_due > 0
    return Needed(
        people=rule.quorum.least(attendance.due) if rule.quorum else None,
        households=rule.households.least(attendance.households_due) if rule.households and counts_households else None,
        majority=majority,
        votes=majority.share.least(whole),
    )


def verdict(kind: MeetingKind, attendance: Attendance, vote: Vote, policy: Policy) -> Verdict:
    """Judge one vote of a meeting by what was required on its day; ``kind`` is the deciding one."""
    return Verdict(needs(kind, attendance, policy), attendance, vote)
