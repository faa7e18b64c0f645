"""Refusals of the yearly count."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class CampaignRunning(Conflict):
    """A county counts once at a time."""

    message = N_("“%(title)s”还没有结束，不能再开一轮清查。")


class CampaignClosed(Conflict):
    """After closing nothing moves."""

    message = N_("这一轮清查已经结束，不能再改。")


class AlreadyCountedYear(Conflict):
    """A year is counted once; another count of it is a special one."""

    message = N_("%(year)s 年度的清查已经开过，另有需要的请开专项清查。")


class NotACounty(Forbidden):
    """The county calls the count."""

    message = N_("清查由区县统一部署，请选区县。")


class YearOdd(Invalid):
    """A year that has not begun cannot be counted."""

    message = N_("清查年度不能晚于今年，也不能早于 %(first)s 年。")


class DaysOdd(Invalid):
    """A count looks back at a day that has come, and is reported after it."""

    message = N_("专项清查的基准日不能晚于今天，上报截止要在今天以后。")


class BasisMissing(Invalid):
    """A special count has a ground in a document."""

    message = N_("请填写开展清查的文件或理由。")


class NothingHeld(Invalid):
    """Where the register held nothing there is nothing to count."""

    message = N_("基准日没有在册的资产，不用清查。")


class NotCounting(Conflict):
    """Marks are made while the sheet lies open."""

    message = N_("这张盘点表现在是“%(status)s”，不能再盘点。")


class NotSubmitted(Conflict):
    """Only what was submitted is confirmed."""

    message = N_("这张盘点表现在是“%(status)s”，不用复核。")


class NotConfirmed(Conflict):
    """Differences are settled, published and reported once a second person has confirmed the sheet."""

    message = N_("这张盘点表现在是“%(status)s”，复核通过以后、上报以前才能办这一步。")


class NotReported(Conflict):
    """Only what was reported is received."""

    message = N_("这张盘点表现在是“%(status)s”，还没有上报。")


class OutcomeOdd(Invalid):
    """A listed asset is not unexpected, and what is on no list is nothing else."""

    message = N_("在册的资产不能记为“盘盈”，账外的实物只能记为“盘盈”。")


class NotSaid(Invalid):
    """What is not as the books say is described."""

    message = N_("账实不符的要写明情况。")


class PhotoNeeded(Invalid):
    """Damage is photographed."""

    message = N_("毁损的要拍照，请至少传一张照片。")


class QuantityOdd(Invalid):
    """What is there has a quantity that is not negative; nothing is there of what is missing."""

    message = N_("实有数量要是不小于 0 的数；没有数量的资产不填。")


class NameMissing(Invalid):
    """What was found has a name."""

    message = N_("请写明实物的名称，最多 100 个字。")


class Uncounted(Conflict):
    """A sheet is submitted whole."""

    message = N_("还有 %(count)s 项没有盘点，盘完再提交。")


class ListBehind(Conflict):
    """What entered the register before the cut-off belongs on the list."""

    message = N_("有 %(count)s 项资产在基准日以前入册，清单里还没有，请先补列。")


class OwnCount(Forbidden):
    """Nobody confirms what they counted or submitted."""

    message = N_("您参加了这张表的盘点，要由没有盘点的另一个人复核。")


class OwnConfirmation(Forbidden):
    """Whoever counted or confirmed does not receive."""

    message = N_("您盘点或复核过这张表，要由上一级的另一个人接收。")


class NotAbove(Forbidden):
    """A sheet is received above the unit."""

    message = N_("盘点结果由上一级接收。")


class OpinionMissing(Invalid):
    """Who sends back says why."""

    message = N_("退回要写明哪里要重盘。")


class ReasonMissing(Invalid):
    """A difference is never settled without a word."""

    message = N_("请写明原因和处理意见。")


class WayNotFit(Invalid):
    """Every difference has its own ways out."""

    message = N_("“%(outcome)s”不能按“%(way)s”处理。")


class AlreadySettled(Conflict):
    """A difference is settled once, unless what it became failed."""

    message = N_("这项差异已经处理：%(way)s。")


class NoCorrectionFound(Conflict):
    """A correction is asked for before it is named."""

    message = N_("盘点以后还没有人为这项资产申请更正或价值变动，请先到资产页面申请。")


class NotThisCard(Invalid):
    """What was surplus is a card of this unit, entered since the count began."""

    message = N_("没有找到本单位在清查开始以后登记的这项资产，请核对编号。")


class CardTaken(Invalid):
    """One card stands for one surplus."""

    message = N_("这张资产卡片已经用在另一项盘盈上。")


class NotHung(Conflict):
    """The result hangs its days before it is reported."""

    message = N_("清查结果还没有公示期满，或者还有异议没有办结。")


class NotResolved(Conflict):
    """The meeting confirms the result before it is reported."""

    message = N_("清查结果还没有经会议确认。")


class DifferencesOpen(Conflict):
    """Every difference has its way before the sheet is reported."""

    message = N_("还有 %(count)s 项差异没有处理。")


class BeforeCutOff(Conflict):
    """A count as of a day is not reported before it."""

    message = N_("基准日 %(day)s 还没有到，不能上报。")


class SheetsMissing(Invalid):
    """A campaign that closes without some sheets says which, and why."""

    message = N_("还有 %(count)s 个单位没有交齐，结束清查要写明原因。")
