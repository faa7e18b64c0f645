"""Why a disposal is not opened, changed, submitted or carried out: one error for each rule. Pure."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class HouseholdsOwn(Invalid):
    """A household disposes of its own asset; here its act is only recorded."""

    message = N_("“%(name)s”是到户类资产，归农户所有，由农户自行处置；这里只能记录农户的处置，不能列入集体处置。")


class NotStanding(Conflict):
    """Only a confirmed card that stands in the register can be disposed of."""

    message = N_("“%(name)s”的登记是“%(stage)s”，不能申请处置。")


class InAnotherCase(Conflict):
    """An asset lies in one case at a time."""

    message = N_("“%(name)s”正在另一件处置事项里（%(number)s），办完再申请。")


class NotOneOwner(Invalid):
    """What one case disposes of belongs to the same holders and the same unit."""

    message = N_("一件处置事项里的资产要归同一个权利人、同一个单位登记、属于同一类别，请分开申请。")


class NothingChosen(Invalid):
    """A case is about at least one asset."""

    message = N_("请选择要处置的资产。")


class TooManyLines(Invalid):
    """A case stays of a size that people can read."""

    message = N_("一件处置事项最多 %(most)s 项资产，请分成几件。")


class WrongNature(Invalid):
    """This kind of disposal is not for this kind of thing."""

    message = N_("“%(name)s”是%(nature)s，不能办理%(kind)s。")


class GroundNotFit(Invalid):
    """The ground does not carry this kind of disposal."""

    message = N_("“%(ground)s”不能作为%(kind)s的理由，请重新选择。")


class ReasonMissing(Invalid):
    """Whoever asks, leaves out or gives up says why."""

    message = N_("请写明理由，最多 1000 个字。")


class TitleMissing(Invalid):
    """A case has a name that people understand."""

    message = N_("请填写事项名称，最多 100 个字。")


class BeforeAcquired(Invalid):
    """A disposal counts from a day after the asset came."""

    message = N_("生效日期不能早于“%(name)s”的取得日期 %(day)s。")


class BeforePosted(Invalid):
    """A disposal counts from a day after what is posted about the asset."""

    message = N_("“%(name)s”在 %(day)s 还有记账，生效日期不能早于这一天。")


class PartNotAllowed(Invalid):
    """Some kinds take the whole thing or nothing."""

    message = N_("%(kind)s只能办整项资产，不能只办一部分。")


class ShareStays(Invalid):
    """A share is given to somebody; what is lost or used up is counted in things."""

    message = N_("按份额处置只用于转给别人的方式，%(kind)s请办整项或按数量办。")


class QuantityOdd(Invalid):
    """A part is more than nothing and less than the whole."""

    message = N_("“%(name)s”要处置的数量要大于 0、小于登记数量 %(quantity)s。")


class NoQuantity(Invalid):
    """What has no quantity is not divided by it."""

    message = N_("“%(name)s”没有登记数量，不能按数量处置一部分。")


class ShareOdd(Invalid):
    """A holder gives no more than it holds, and not all of what it holds alone."""

    message = N_("“%(name)s”里%(holder)s的份额是 %(share)s%%，要处置的份额不能为 0，也不能超过它；全部处置请选“全部”。")


class NobodyTakes(Invalid):
    """Whoever is to get it without an open trade is named."""

    message = N_("%(kind)s要写明接收单位或个人。")


class ValueMissing(Invalid):
    """What is not opened has a value that the meeting recognised."""

    message = N_("%(kind)s要填会议认定的价值。")


class ExitTermsMissing(Invalid):
    """渝府办发〔2021〕149号第十一章第四节: shares have exit and disposal terms."""

    message = N_("请写明股权怎样退出、怎样处置。")


class AppraisalOdd(Invalid):
    """A report says who appraised, under which number, what it is worth."""

    message = N_("请填写评估机构、报告编号和评估价值。")


class ReportMissing(Invalid):
    """A report of appraisal is entered with its paper."""

    message = N_("请上传评估报告。")


class NotEditable(Conflict):
    """What is being decided on, or was decided on, stands still."""

    message = N_("这件处置事项是“%(status)s”，内容不能改。")


class GateClosed(Conflict):
    """A gate stops the case; all of them are told."""

    message = N_("%(gate)s：%(said)s")


class WrongStarter(Forbidden):
    """Whoever owns asks: the owner's own unit brings a case in."""

    message = N_("处置由权利人单位的经办员申请。")


class ContentChanged(Conflict):
    """What was agreed to is not what stands there now."""

    message = N_("批准以后内容有变动，不能执行，请撤回重新申请。")


class SuddenStays(Conflict):
    """What a sudden loss put into the books at once is not taken apart by changing its case."""

    message = N_("突发损失已经登记入账，处置方式和资产不能改；登记错的，请撤回后重新登记。")


class NotCleared(Conflict):
    """Only what every level has agreed to is carried out."""

    message = N_("这件处置事项是“%(status)s”，还不能执行。")


class NotPriced(Conflict):
    """What is to be sold in the open is handed over at a price that stands."""

    message = N_("还没有可以执行的成交价：没有登记成交结果，或者成交价低于评估价，正在重新审批。")


class SamePersonTwice(Forbidden):
    """Whoever asked for it, or told its price, does not carry it out."""

    message = N_("申请处置、登记成交的人不能自己执行，请由另一个人核对执行。")


class NotGivenUp(Conflict):
    """What is over is not taken back; another case undoes it."""

    message = N_("这件处置事项是“%(status)s”，不能撤回。已执行的只能另外申请新的事项纠正。")
