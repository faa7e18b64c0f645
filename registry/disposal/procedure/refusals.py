"""Why a disposal is not carried out, a loss or an act not recorded: one error for each rule. Pure."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class HandOverMissing(Invalid):
    """What passes to somebody is handed over: on which day, signed by whom, by which paper."""

    message = N_("请填写移交日期、接收方签字人和移交单号。")


class HandedOverAtOddDay(Invalid):
    """A hand-over is dated between agreement and today."""

    message = N_("移交日期要在批准日期 %(day)s 以后、今天以前。")


class SheetMissing(Invalid):
    """Hand-over and exit are proved by a signed sheet."""

    message = N_("请上传双方签字的移交清单或协议。")


class EarlierThanDecided(Invalid):
    """It counts from the day that was decided on, or from a later one."""

    message = N_("生效日期不能早于批准的 %(day)s。")


class NotYetThere(Invalid):
    """Nothing is carried out ahead of its day."""

    message = N_("日期 %(day)s 还没有到。")


class PaidOnMissing(Invalid):
    """Money that came in came in on a day, by a paper."""

    message = N_("价款已收到的，请填写到账日期和收款凭证号。")


class MoneyNegative(Invalid):
    """Costs and incomes are amounts."""

    message = N_("金额不能小于 0。")


class NoIncome(Invalid):
    """Only scrap, a swap and a loss bring in something besides a price."""

    message = N_("%(kind)s没有残值、补价或赔偿要填，请清空这一项。")


class IncomeBeyond(Invalid):
    """No more is paid on top than the thing was recognised to be worth, no more compensated than was lost."""

    message = N_("%(what)s不能超过 %(most)s 元。")


class IncomingMissing(Invalid):
    """A swap brings something in, which is entered."""

    message = N_("置换要登记换入的资产：名称、类型。")


class TermsMissing(Invalid):
    """Equity runs for a term on terms."""

    message = N_("实物作价入股要填入股和到期日期、分红方式。")


class MayNotHold(Invalid):
    """Who takes a share must be somebody who may hold such an asset."""

    message = N_("%(category)s不能归%(kind)s所有，这部分份额不能转给“%(name)s”。")


class GoesToItself(Invalid):
    """Whoever owns a thing cannot be given it."""

    message = N_("“%(name)s”已经是权利人，不用调拨。")


class PhotoMissing(Invalid):
    """A loss is proved while it can be seen."""

    message = N_("请上传现场照片。")


class HappenedAtOddDay(Invalid):
    """A loss happened when the asset was there, and not tomorrow."""

    message = N_("发生日期要在取得资产以后、今天以前。")


class NotSudden(Invalid):
    """Only losses and scrapping come suddenly."""

    message = N_("突发损失只办理报损、报废，其他方式请按程序申请。")


class NotPast(Invalid):
    """What was disposed of after go-live goes the way through the levels."""

    message = N_("历史补录只用于启用日期以前已经处置的资产；启用以后的请按程序申请处置。")


class DocumentMissing(Invalid):
    """What was decided before go-live was decided by a paper."""

    message = N_("请填写当时的批准文号，并上传批准文件、移交或核销材料。")


class NotWaiting(Conflict):
    """It was confirmed or refused already."""

    message = N_("这件记录已经办完，不用再确认。")


class OwnRecord(Forbidden):
    """A second person looks at what somebody entered."""

    message = N_("自己登记的不能自己确认，请由另一个人确认。")


class NotAbove(Forbidden):
    """What was disposed of before go-live is confirmed by the level above."""

    message = N_("历史补录的处置由上一级确认。")


class OpinionMissing(Invalid):
    """Whoever refuses says why."""

    message = N_("不同意的，请写明理由。")


class NotAHouseholds(Invalid):
    """Only a household's asset is the household's to give away."""

    message = N_("“%(name)s”不是到户类资产，请按程序申请处置。")


class StatementMissing(Invalid):
    """What a household did is recorded as the household says it."""

    message = N_("请写明农户怎样处置的，并上传农户签字的说明。")


class AlreadyNoted(Conflict):
    """One record of an act at a time."""

    message = N_("这项资产已有一条处置记录在等确认。")
