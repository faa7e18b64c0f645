"""Why a contract is refused: each broken rule by its name. Pure."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class NothingChosen(Invalid):
    """A contract is about assets."""

    message = N_("请至少选一项资产。")


class TooManyChosen(Invalid):
    """What is signed is read first."""

    message = N_("一份合同最多 %(most)s 项资产，请分几份签。")


class NotOperating(Invalid):
    """Only confirmed operating assets are let; a household's asset is run by the household."""

    message = N_("“%(name)s”不能签经营合同：只有已确认的经营性资产可以，到户类资产由农户自己经营。")


class NameMissing(Invalid):
    """A contract has a name people know it by."""

    message = N_("请填写合同名称，最多 100 个字。")


class TermBackwards(Invalid):
    """A term ends after it begins."""

    message = N_("到期日期不能早于起始日期。")


class TermTooLong(Invalid):
    """民法典第七百零五条: what goes beyond twenty years is void."""

    message = N_("合同期限 %(months)s 个月，超过 %(most)s 个月的部分无效，请缩短。")


class NotWritten(Invalid):
    """民法典第七百零七条: six months or more are put in writing."""

    message = N_("期限 %(least)s 个月以上的合同必须签书面合同。")


class OperatorMissing(Invalid):
    """Somebody operates."""

    message = N_("请填写经营方名称。")


class ResponsibleMissing(Invalid):
    """重庆市农村集体资产管理条例第十四条: own running has targets and somebody who answers for them."""

    message = N_("自营要写明责任人。")


class PlanMissing(Invalid):
    """An operating plan says what is to be reached and how risk is held."""

    message = N_("请写明经营方案：经营什么、目标、保值增值要求。")


class RentMissing(Invalid):
    """Who pays a fixed sum says how much."""

    message = N_("请填写每年金额。")


class ShareMissing(Invalid):
    """Who shares a result says how much of what."""

    message = N_("按效益分成的，要填分成比例和按什么分成。")


class RiseOutOfBounds(Invalid):
    """A rise is a percentage, every so many years."""

    message = N_("递增比例要在 0 到 100 之间，间隔至少一年。")


class SharesNotWhole(Invalid):
    """Owners' shares are the whole."""

    message = N_("各权利人的份额合计是 %(sum)s%%，必须正好 100%%。")


class NotAnOwner(Invalid):
    """Only those who hold one of the assets take part."""

    message = N_("分配份额的单位必须是这些资产的权利人。")


class AwardUnexplained(Invalid):
    """重庆市农村集体资产管理条例第十五条: public tender, or a reason why not."""

    message = N_("对外发包、出租要公开竞标；不竞标的写明理由，公开竞标的写明时间、方式和结果。")


class NotToMembers(Invalid):
    """Uniform contracting is to members."""

    message = N_("统一发包是发包给本集体成员，请勾选“经营方是本集体成员”，或改选公开竞标。")


class BelowFloor(Invalid):
    """农村集体经济组织法第三十五条: no low-price lease without the reason put to the meeting."""

    message = N_("每年 %(yearly)s 元，低于底线 %(floor)s 元（评估租金和年折旧中较高的），要写明理由，由会议决定。")


class ClauseMissing(Invalid):
    """Money or property put into another's business comes back by terms that are written down."""

    message = N_("%(mode)s合同必须写明%(clause)s。")


class PrincipalDateMissing(Invalid):
    """Principal that was put in comes back on a day."""

    message = N_("投入了本金的，要写明本金返还日期，不能早于合同起始。")


class LegacyDates(Invalid):
    """What is of the past was signed before it is entered."""

    message = N_("历史合同的签订日期不能晚于今天；系统开始计算应收的日期要在合同期内。")


class NotDraft(Conflict):
    """Once submitted a contract is not reworded."""

    message = N_("这份合同已经提交或签订，不能再改；内容要变的，请办变更。")


class NotAgreed(Conflict):
    """Decision comes before signing."""

    message = N_("还没有通过审批，不能签订：先民主决策、公示、乡镇审核，再签合同。")


class SignedBeforeDecided(Invalid):
    """Decision comes before signing, by the day too."""

    message = N_("签订日期不能早于审批通过日期 %(day)s，也不能晚于今天。")


class PaperMissing(Invalid):
    """A signed contract comes with its paper."""

    message = N_("请上传签好字的合同。")


class NotRunning(Conflict):
    """Only a running contract ends, is renewed or amended, and has its results stated."""

    message = N_("这份合同现在不在履行中。")


class AlreadyFollowed(Conflict):
    """One successor at a time."""

    message = N_("已经有一份续签或变更的合同 %(number)s，办完再说。")


class EndAtOddDay(Invalid):
    """A contract ends within its term and not tomorrow."""

    message = N_("结束日期要在合同期内，且不晚于今天。")


class ReasonMissing(Invalid):
    """Who ends or voids says why."""

    message = N_("请写明原因。")


class DepositBeyond(Invalid):
    """No more goes back than was received."""

    message = N_("押金只收到 %(amount)s 元，不能退这么多。")


class OwnEntry(Forbidden):
    """History counts once a second person has looked at it."""

    message = N_("自己补录的合同不能自己确认，请另一个人确认。")


class NotLegacy(Conflict):
    """Only what is of the past is confirmed without a decision."""

    message = N_("这份合同不在待确认状态。")


class FeeNotAgreed(Invalid):
    """A late fee is owed by contract only."""

    message = N_("合同没有约定违约金，不能加收。")


class ShareBelow(Invalid):
    """A result stated is not below nothing."""

    message = N_("经营成果和应分金额不能是负数；亏损的填 0。")


class ContentChanged(Conflict):
    """What was decided on is what is signed."""

    message = N_("合同内容与审批时的不一致，请退回重新提交。")


class ResultDiffers(Invalid):
    """What is paid by percentage follows from what it is a percentage of."""

    message = N_("按 %(base)s 元的 %(percent)s%% 应分 %(amount)s 元，与填写的不同；确有约定的写明理由。")
