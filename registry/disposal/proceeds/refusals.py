"""Why money of a disposal is not entered, used or undone: one error for each rule. Pure."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class PortionOdd(Invalid):
    """An owner's part of a price is no less than nothing, and no more has come in than was due."""

    message = N_("权利人应得的价款、清理费用和到账金额对不上，请核对。")


class MoneyMissing(Invalid):
    """What came in or is used has an amount."""

    message = N_("金额必须大于 0。")


class AboveDue(Invalid):
    """No more comes in than the price."""

    message = N_("价款还有 %(left)s 元没有到账（已扣除等待核对的），填的金额超过了它。")


class AboveBalance(Invalid):
    """No more is used than has come in and is left."""

    message = N_("结余只有 %(left)s 元（已扣除等待确认的），填的金额超过了它。")


class NotYet(Invalid):
    """What is entered has happened."""

    message = N_("日期 %(day)s 还没有到。")


class BeforeMoney(Invalid):
    """Money is used once it has come in."""

    message = N_("价款 %(day)s 才到账，使用日期不能更早。")


class PaperNumberMissing(Invalid):
    """Money that came in is told with the number of its paper."""

    message = N_("请填写银行回单、收据或缴款书的编号。")


class UndecidedUse(Invalid):
    """Nobody uses money that no meeting and no document decided on."""

    message = N_("请选择决定这笔用途的会议，或者填写批准文件的文号。")


class NothingCarried(Invalid):
    """A meeting decides by a resolution that carried."""

    message = N_("%(day)s 的这次会议没有通过的决议，不能作为使用依据。")


class DecidedElsewhere(Invalid):
    """The owner's own unit, or one above it, decides on the owner's money."""

    message = N_("会议、项目要属于%(unit)s或者它的上级，请另选。")


class DecidedLater(Invalid):
    """Money is used after the decision."""

    message = N_("会议 %(day)s 才开，使用日期不能更早。")


class WrongPurpose(Invalid):
    """Whose money it is says what it may be used for (重庆市政府 2021 第149号；国有资产条例第二十五条)."""

    message = N_("这笔收入归“%(destination)s”，不能用于“%(purpose)s”。")


class NotWatched(Conflict):
    """An owner that keeps its own books uses its own money; nothing of it is entered here."""

    message = N_("这笔收入由权利人自行管理，不在这里登记用途。")


class AssetMissing(Invalid):
    """Money that became an asset leads to its card."""

    message = N_("请填写新建、购置资产的资产编号；先登记资产卡片，再登记这笔用途。")


class AssetNotConfirmed(Invalid):
    """Only a card that two persons stand behind shows what became of the money."""

    message = N_("“%(asset)s”的登记还没有确认，确认以后再登记这笔用途。")


class AssetOfAnother(Invalid):
    """An owner's money becomes that owner's asset."""

    message = N_("“%(asset)s”不是%(owner)s的资产，不能用它的处置收入。")


class AssetOfTheCase(Invalid):
    """What was disposed of is not bought with its own price."""

    message = N_("“%(asset)s”就是处置掉的资产，不能作为新资产。")


class AssetDear(Invalid):
    """No more of the money is in an asset than the asset is worth."""

    message = N_("“%(asset)s”的原值是 %(value)s 元，登记的处置收入合计会超过它。")


class ProjectMissing(Invalid):
    """A project is named by its entry in the register."""

    message = N_("请选择项目；没有的先到“项目与资金”登记。")


class NoteMissing(Invalid):
    """Whoever uses money says for what."""

    message = N_("请写明用在哪里，最多 500 个字。")


class ReasonMissing(Invalid):
    """Whoever refuses or undoes says why."""

    message = N_("请写明理由，最多 500 个字。")


class PaperMissing(Invalid):
    """What rests on a document is looked at with it."""

    message = N_("这笔用途只有文号，没有附批准文件，请登记人先补传再确认。")


class SamePerson(Forbidden):
    """Whoever entered it does not agree to it."""

    message = N_("登记的人不能自己确认，请由另一个人核对。")


class Answered(Conflict):
    """One answer is enough; somebody was faster."""

    message = N_("这一笔已经有人办过了，现在是“%(status)s”。")


class NotConfirmed(Conflict):
    """Only what counts is undone."""

    message = N_("这一笔现在是“%(status)s”，不能申请撤销。")


class NotUndoing(Conflict):
    """Only what somebody asked to undo is undone."""

    message = N_("这一笔现在是“%(status)s”，没有人申请撤销。")
