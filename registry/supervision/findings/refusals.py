"""Refusals of findings and their rectification."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class ProblemMissing(Invalid):
    """A finding says what is wrong."""

    message = N_("请写明发现了什么问题。")


class BasisMissing(Invalid):
    """A finding says which rule is broken."""

    message = N_("请写明依据哪条规定。")


class DemandMissing(Invalid):
    """A finding says what is demanded."""

    message = N_("请写明要求怎么整改。")


class DueOdd(Invalid):
    """What is to be mended has a last day to come."""

    message = N_("整改期限不能早于今天，也不能超过 %(days)s 天。")


class FoundOdd(Invalid):
    """What was found was found before it is entered."""

    message = N_("发现日期不能晚于今天。")


class NotAMender(Invalid):
    """The unit that mends is the unit itself or lies above it."""

    message = N_("整改责任单位只能是问题所在单位本身，或者它的上级。")


class NobodyMends(NotAMender):
    """Nobody reports for the municipality."""

    message = N_("市本级没有上报整改的经办人，请选择问题所在的区县、乡镇或村。")


class NotHere(Invalid):
    """What a finding refers to lies in its unit and within the reach of whoever enters it."""

    message = N_("在这个单位没有找到“%(key)s”，请核对编号。")


class TooManyAssets(Invalid):
    """A finding is about some assets, not about a register."""

    message = N_("一个问题最多关联 %(most)s 项资产。")


class NotYourSource(Forbidden):
    """Audit and discipline speak for themselves."""

    message = N_("以“%(source)s”名义登记问题，要由%(source)s的人员登记。")


class NotYourUnit(Forbidden):
    """Findings are entered where one supervises."""

    message = N_("这个单位、这个行业不在您的监督范围内。")


class NotTheMender(Forbidden):
    """The unit that has to mend reports."""

    message = N_("整改情况由整改责任单位上报。")


class NothingToMend(Conflict):
    """Only what waits to be mended is reported."""

    message = N_("这个问题现在是“%(status)s”，不用上报整改。")


class NothingToCheck(Conflict):
    """Only what was reported is checked."""

    message = N_("这个问题现在是“%(status)s”，还不能核查销号。")


class ReportMissing(Invalid):
    """A report says what was done."""

    message = N_("请写明做了什么、结果怎样。")


class OpinionMissing(Invalid):
    """Whoever checks says what they checked, or what is still to be done."""

    message = N_("请写明核查情况；退回的写明还要做什么。")


class OwnMending(Forbidden):
    """Nobody checks off what they mended or reported."""

    message = N_("您上报过这个问题的整改，要由上一级的另一个人核查销号。")


class NotAbove(Forbidden):
    """A finding is checked off above the unit that mended it."""

    message = N_("销号由整改责任单位的上一级办理；审计、纪检只销自己提出的问题。")


class NotCheckedOff(Conflict):
    """What recurs was over before."""

    message = N_("这个问题还没有销号，不用重新登记，请继续整改。")


class RecursAlready(Conflict):
    """A finding has one successor, that one has the next."""

    message = N_("这个问题已经作为 %(number)s 重新登记。")


class OtherUnit(Invalid):
    """What recurs does so where it was."""

    message = N_("复发的问题要登记在原来的单位。")


class NotYourStep(Forbidden):
    """Whoever took a step proves it, until the next one is taken."""

    message = N_("佐证材料由办理这一步的人补充，下一步办理以后不再补充。")
