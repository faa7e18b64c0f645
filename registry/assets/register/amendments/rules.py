"""Who may agree to a change, and which facts belong to the time before go-live. Pure."""

from collections.abc import Iterable
from datetime import date

from registry.assets.register.categories import TitleStatus
from registry.assets.register.registration import ValueKind
from registry.errors import Conflict, Forbidden, Invalid
from registry.permissions import GRANTS, Actor, Permission
from registry.regions import covers, level_of
from registry.text import N_, Labelled


class CorrectionStatus(Labelled):
    """How far a correction has come."""

    WAITING = "WAITING", N_("待上一级确认")
    APPLIED = "APPLIED", N_("已更正")
    REFUSED = "REFUSED", N_("未同意")
    VOID = "VOID", N_("已作废")


class CorrectionKind(Labelled):
    """What is changed: what the card says, or what the asset is worth from a day on."""

    CORRECTION = "CORRECTION", N_("更正")
    VALUE = "VALUE", N_("价值变动")


class LegacyKind(Labelled):
    """Facts of the past that a unit may enter once, with their document (历史补录)."""

    TITLE = "TITLE", N_("确权")
    HAND_OVER = "HAND_OVER", N_("移交")
    CUSTODIAN = "CUSTODIAN", N_("落实管护")
    CONTRACT = "CONTRACT", N_("经营合同")
    INCOME = "INCOME", N_("累计收益")
    ARREARS = "ARREARS", N_("历史欠款")
    DISTRIBUTION = "DISTRIBUTION", N_("收益分配")
    NOTICE = "NOTICE", N_("公示")
    DISPOSAL = "DISPOSAL", N_("处置")
    OTHER = "OTHER", N_("其他")


#: A change of value that a person may ask for; acquisition and correction come about in other ways.
VALUE_KINDS = (ValueKind.ENLARGEMENT, ValueKind.MAJOR_REPAIR, ValueKind.PARTIAL_LOSS, ValueKind.REVALUATION)
#: Value changes that only ever add, and the one that only ever takes away.
_ADDS = frozenset({ValueKind.ENLARGEMENT, ValueKind.MAJOR_REPAIR})


class NothingChanged(Invalid):
    """A correction changes something."""

    message = N_("没有改动任何一项。")


class ReasonMissing(Invalid):
    """A correction says why."""

    message = N_("请写明更正的理由，以后审计要看。")


class AlreadyWaiting(Conflict):
    """Only one weighty change of an asset is open at a time."""

    message = N_("这项资产已有一件更正在等上一级确认，办完再申请。")


class NotDecidable(Conflict):
    """The change is no longer waiting."""

    message = N_("这件更正已经办过了。")


class SeenOldContent(Conflict):
    """The card changed after the change was asked for, so what was seen is not what would be written."""

    message = N_("申请之后这项资产又被改过，这件申请已作废，请重新申请。")


class NotOneLevelAbove(Forbidden):
    """A weighty change is confirmed by a level above the unit."""

    message = N_("涉及价值、类别、数量或所有权人的更正，要由上一级确认。")


class OwnersByTitle(Conflict):
    """Once title is confirmed, under way or in dispute, owners change by a case of title, not by a correction."""

    message = N_("这项资产%(status)s，所有权人不能用更正来改，请办理产权事项。")


class WrongSign(Invalid):
    """An enlargement adds value, a loss takes it away."""

    message = N_("扩建、大修的金额要大于 0，部分损失要小于 0。")


class BelowZero(Invalid):
    """An asset is never worth less than nothing."""

    message = N_("损失超过了现在的原值。")


def check_above(region_code: str, by: Actor) -> None:
    """Raise unless the person holds the permission to confirm at a level above the unit."""
    own = level_of(region_code).depth
    for grant in by.grants:
        confirms = Permission.CORRECTION_CONFIRM in GRANTS[grant.role] and covers(grant.region_code, region_code)
        if confirms and level_of(grant.region_code).depth < own:
            return
    raise NotOneLevelAbove


def check_owners_free(title: TitleStatus, changed: Iterable[str]) -> None:
    """Raise OwnersByTitle if a correction would change the owners of an asset whose title is not open."""
    if title is not TitleStatus.UNCONFIRMED and "owners" in changed:
        raise OwnersByTitle(status=title.label)


def check_value_change(kind: ValueKind, amount_fen: int, original_value_fen: int) -> None:
    """Raise unless the amount fits the kind of change and leaves a value that is not negative."""
    adds, takes = kind in _ADDS, kind is ValueKind.PARTIAL_LOSS
    if amount_fen == 0 or (adds and amount_fen < 0) or (takes and amount_fen > 0):
        raise WrongSign(field="lines")
    if original_value_fen + amount_fen < 0:
        raise BelowZero(field="lines")


def check_effective(effective_on: date, *, acquired_on: date, on: date) -> None:
    """Raise unless the change takes effect after the asset was formed and not in the future."""
    if not acquired_on <= effective_on <= on:
        raise Invalid(N_("生效日期要在资产形成之后、今天以前。"), field="effective_on")
