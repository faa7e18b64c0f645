"""Why a request or a decision is not taken: one error for each rule. Pure."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class NotOpen(Conflict):
    """Only a request that lies on somebody's desk can be decided."""

    message = N_("这件事已经办结、退回或撤回，不能再签署。")


class NotThisStep(Conflict):
    """The step asks for something else than what was brought."""

    message = N_("现在走到的环节不是这一个，请刷新后再办。")


class SeenOldContent(Conflict):
    """A decision binds the content that was seen; this one has changed since, or somebody decided first."""

    message = N_("您打开以后，内容或进度已经变了。请重新核对后再签署，您写的意见请先复制。")


class NotYourDesk(Forbidden):
    """The case lies on another desk."""

    message = N_("这件事现在不在您手上，在%(desk)s。")


class OwnRequest(Forbidden):
    """Who submitted a case never decides it."""

    message = N_("您是提交人，不能由您签署。")


class TwoSteps(Forbidden):
    """Nobody acts at two levels of one case."""

    message = N_("您已经在这件事的另一个环节签署过，同一个人不能在两级签署。")


class Interested(Forbidden):
    """Nobody decides a case in which they or their kin hold a particular interest."""

    message = N_("您或您的近亲属与这件事有利害关系（%(capacity)s），应当回避。")


class AdministratorDecidesNothing(Forbidden):
    """The three administrators take no part in business."""

    message = N_("系统、安全、审计管理员不参与业务签署。")


class OpinionMissing(Invalid):
    """Sending back and rejecting say why."""

    message = N_("退回和否决必须写明理由。")


class DefectMissing(Invalid):
    """Sending back names what is to be mended."""

    message = N_("请指明要补正的是哪一项内容或哪一份材料。")


class NotToBeCalledIn(Conflict):
    """A filed case can be called in only within its days and before it is carried out."""

    message = N_("已过调阅期限或者已经执行，不能再提级调阅。")


class NothingToRelease(Conflict):
    """Only a case that was called in can be released."""

    message = N_("这件事没有被调阅，不用放行。")


class NotSentBack(Conflict):
    """Only a case that was sent back is submitted again."""

    message = N_("只有被退回的事项才能修改后再次提交。")


class NotYours(Forbidden):
    """Only who submitted a case submits it again or takes it back."""

    message = N_("只有提交人或者同单位的经办员可以修改、撤回。")


class AlreadyOpen(Conflict):
    """A case has one running request at a time."""

    message = N_("这件事已经在办理中，不能重复提交。")


class NotDoneYet(Conflict):
    """What the step waits for has not come about."""

    message = N_("这个环节要等的事还没有完成：%(what)s")


class PaperMissing(Invalid):
    """A step names the papers it needs."""

    message = N_("还缺材料：%(papers)s。")


class DelegationTooLong(Invalid):
    """One delegation lasts no longer than the policy lets it."""

    message = N_("一次委托最长 %(days)s 天，请缩短，到期可以再委托。")


class DelegationBackwards(Invalid):
    """A delegation ends after it begins and is not dated back."""

    message = N_("委托从今天或以后开始，结束日期不能早于开始日期。")


class NoDeputy(Invalid):
    """The deputy is a person of the same unit who may decide, and not oneself."""

    message = N_("代办人要是本单位或上级单位有签署权限的另一个人。")


class AppraisalTooFew(Invalid):
    """An appraisal report is signed by two appraisers at least (资产评估法第二十八条)."""

    message = N_("评估报告至少由两名评估师签名。")


class AppraisalExpired(Invalid):
    """The report must still be valid."""

    message = N_("评估报告已经超过有效期（%(until)s），请重新评估。")


class NotToBeQueried(Forbidden):
    """Only the level a case was filed with asks about it, within the days of the filing."""

    message = N_("这件事没有报您备案，或者备案期限已过，不能质询。")


class QuestionMissing(Invalid):
    """A query says what is asked."""

    message = N_("请写明要问什么，最多 %(most)s 个字。")


class QueryAnswered(Conflict):
    """A query is answered once."""

    message = N_("这条质询已经答复过了。")


class AnswerMissing(Invalid):
    """An answer says something."""

    message = N_("请写明答复，最多 %(most)s 个字。")
