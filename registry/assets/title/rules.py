"""Which deed of title is open to an asset, what passes property, and when a case may be submitted. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.assets.register.categories import BEHAVIOURS, TitleStatus
from registry.assets.register.registration import Stage
from registry.errors import Conflict, Invalid
from registry.kinds import Category, TitleDeed
from registry.text import N_, Labelled


class PassesProperty(Conflict):
    """After first title or first hand-over, what gives an asset to another party is a disposal."""

    message = N_("“%(name)s”已%(done)s，再转给别的权利人属于资产处置，要走处置审批，不能按产权事项办理。")


class NotConfirmedCard(Conflict):
    """Only a card that its second person has confirmed takes part in a case."""

    message = N_("“%(name)s”的登记是“%(stage)s”，要先由第二个人确认登记。")


class AlreadyTitled(Conflict):
    """First title happens once."""

    message = N_("“%(name)s”已经确权，不再办首次确权。")


class NotYetTitled(Conflict):
    """This deed changes a title that must be there first."""

    message = N_("“%(name)s”还没有确权，请先办首次确权。")


class AlreadyHandedOver(Conflict):
    """The first hand-over happens once."""

    message = N_("“%(name)s”已于 %(day)s 移交，首次移交只办一次；再转给别的单位属于资产处置。")


class NothingToHandOver(Conflict):
    """A household's asset was never a builder's."""

    message = N_("“%(name)s”是到户类资产，归农户所有，不需要移交。")


class InAnotherCase(Conflict):
    """An asset lies in one case at a time."""

    message = N_("“%(name)s”正在另一件产权事项里（%(title)s），办完再办这一件。")


class Encumbered(Conflict):
    """Pledge, seizure, caveat, dispute and unclear title keep an asset from first title, split and merger."""

    message = N_("“%(name)s”有%(kind)s（%(holder)s，%(day)s 起），解除前不能办理%(deed)s。")


class InterestNotDivided(Conflict):
    """Shares and claims are not things that could be split or joined."""

    message = N_("“%(name)s”是股权、债权类资产，不能分拆、合并；退出或转让要走资产处置。")


@dataclass(frozen=True)
class Subject:
    """An asset before a deed of title: what of it decides whether the deed is open to it."""

    name: str
    stage: Stage
    category: Category
    title: TitleStatus
    is_interest: bool
    handed_over_on: date | None
    #: Present holders by id of the party, with their shares.
    holders: frozenset[tuple[int, int]]


_NEEDS_TITLE = frozenset({TitleDeed.OWNER_NAME, TitleDeed.ERROR})
#: Deeds that an encumbrance blocks; a wrong entry is put right and an owner's name follows even then.
BLOCKED = frozenset({TitleDeed.FIRST_TITLE, TitleDeed.SPLIT, TitleDeed.MERGER, TitleDeed.HAND_OVER})
#: Deeds after which the holders are the ones they were, or the first there ever are.
_KEEPS_HOLDERS = frozenset({TitleDeed.HAND_OVER, TitleDeed.MERGER, TitleDeed.SPLIT, TitleDeed.OWNER_NAME})


def check_open_to(deed: TitleDeed, asset: Subject) -> None:
    """Raise unless an asset may take this deed of title."""
    if asset.stage is not Stage.CONFIRMED:
        raise NotConfirmedCard(name=asset.name, stage=asset.stage.label)
    titled = asset.title is TitleStatus.CONFIRMED
    if deed is TitleDeed.FIRST_TITLE and titled:
        raise AlreadyTitled(name=asset.name)
    if deed in _NEEDS_TITLE and not titled:
        raise NotYetTitled(name=asset.name)
    if deed is TitleDeed.HAND_OVER:
        _check_hand_over(asset)
    if deed in {TitleDeed.SPLIT, TitleDeed.MERGER} and asset.is_interest:
        raise InterestNotDivided(name=asset.name)


def _check_hand_over(asset: Subject) -> None:
    if not BEHAVIOURS[asset.category].needs_hand_over:
        raise NothingToHandOver(name=asset.name)
    if asset.handed_over_on is not None:
        raise AlreadyHandedOver(name=asset.name, day=asset.handed_over_on.isoformat())


def check_keeps_property(deed: TitleDeed, asset: Subject, proposed: frozenset[tuple[int, int]]) -> None:
    """Raise PassesProperty if a deed would give a settled asset to other holders; an error put right may."""
    if deed is TitleDeed.ERROR or proposed == asset.holders:
        return
    if asset.title is TitleStatus.CONFIRMED:
        raise PassesProperty(name=asset.name, done=N_("确权"))
    if asset.handed_over_on is not None:
        raise PassesProperty(name=asset.name, done=N_("移交"))
    if deed in _KEEPS_HOLDERS - {TitleDeed.HAND_OVER}:
        raise PassesProperty(name=asset.name, done=N_("登记所有权人"))


class CaseStatus(Labelled):
    """How far a case of title has come."""

    DRAFT = "DRAFT", N_("起草中")
    SUBMITTED = "SUBMITTED", N_("办理中")
    SENT_BACK = "SENT_BACK", N_("已退回")
    APPROVED = "APPROVED", N_("已同意，待发证移交")
    DONE = "DONE", N_("已办结")
    REJECTED = "REJECTED", N_("未同意")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


#: The assets of such a case lie in no other.
OPEN = frozenset({CaseStatus.DRAFT, CaseStatus.SUBMITTED, CaseStatus.SENT_BACK, CaseStatus.APPROVED})
#: Only now may lines, owners and papers be changed.
EDITABLE = frozenset({CaseStatus.DRAFT, CaseStatus.SENT_BACK})


class NotEditable(Conflict):
    """What is being decided on, or was decided on, stands still."""

    message = N_("这件事项是“%(status)s”，内容不能改。")


class LineDecision(Labelled):
    """What the case does with one of its assets."""

    CONFIRMED = "CONFIRMED", N_("纳入")
    LEFT_OUT = "LEFT_OUT", N_("不纳入")


class Verification(Labelled):
    """What was found when the asset was looked at on the spot."""

    MATCHES = "MATCHES", N_("账实相符")
    DIFFERS = "DIFFERS", N_("与登记有出入")
    NOT_FOUND = "NOT_FOUND", N_("没有见到实物")


class Condition(Labelled):
    """In which condition an asset is handed over."""

    GOOD = "GOOD", N_("完好")
    FAIR = "FAIR", N_("基本完好")
    NEEDS_REPAIR = "NEEDS_REPAIR", N_("需要维修")
    DAMAGED = "DAMAGED", N_("损坏")


class LineUndecided(Invalid):
    """Every asset of a case is taken in or left out before it is submitted."""

    message = N_("还有 %(count)s 项没有核实或没有写明纳入与否，如“%(name)s”。")


class ReasonNeeded(Invalid):
    """What is left out, or differs, says why."""

    message = N_("“%(name)s”不纳入，要写明原因。")


class OnlyWhatMatches(Invalid):
    """An asset that was not found as registered is corrected first."""

    message = N_("“%(name)s”核实为“%(result)s”，要先更正登记，这次不能纳入。")


class NothingTakenIn(Invalid):
    """A case decides on at least one asset."""

    message = N_("没有一项纳入，这件事项没有内容。")


class ConditionMissing(Invalid):
    """What is handed over says in which condition."""

    message = N_("“%(name)s”要填移交时的状况。")


@dataclass(frozen=True)
class Verdict:
    """What was found of one asset, and what the case does with it."""

    name: str
    verification: Verification | None
    decision: LineDecision | None
    reason: str = ""
    condition: Condition | None = None


def check_decided(deed: TitleDeed, lines: list[Verdict]) -> None:
    """Raise unless every line is decided and says what it must."""
    open_lines = [line for line in lines if line.decision is None or line.verification is None]
    if open_lines:
        raise LineUndecided(field="lines", count=len(open_lines), name=open_lines[0].name)
    for line in lines:
        _check_line(deed, line)
    if all(line.decision is LineDecision.LEFT_OUT for line in lines):
        raise NothingTakenIn(field="lines")


def _check_line(deed: TitleDeed, line: Verdict) -> None:
    if line.decision is LineDecision.LEFT_OUT:
        if not line.reason.strip():
            raise ReasonNeeded(field="lines", name=line.name)
        return
    if line.verification is not None and line.verification is not Verification.MATCHES:
        raise OnlyWhatMatches(field="lines", name=line.name, result=line.verification.label)
    if deed is TitleDeed.HAND_OVER and line.condition is None:
        raise ConditionMissing(field="lines", name=line.name)
