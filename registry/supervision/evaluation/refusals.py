"""Refusals of the evaluation."""

from registry.errors import Conflict, Forbidden, Invalid
from registry.text import N_


class NotYourCounty(Forbidden):
    """The county evaluates."""

    message = N_("绩效评价由区县组织，您不能在这里开展。")


class YearOdd(Invalid):
    """A year that has not begun cannot be evaluated."""

    message = N_("评价年度不能晚于今年，也不能早于 %(first)s 年。")


class NothingChosen(Invalid):
    """An evaluation is about some categories."""

    message = N_("请至少选一类资产。")


class OtherUnit(Invalid):
    """The units lie in the county that evaluates."""

    message = N_("所选单位不在这个区县。")


class NothingToEvaluate(Invalid):
    """An asset is evaluated once a year."""

    message = N_("所选范围没有可以评价的资产，或者本年度都已经评价过。")


class SchemeNotWhole(Conflict):
    """The points of a category come to a hundred."""

    message = N_("政策参数里%(category)s的指标分值合计是 %(total)s 分，不是 100 分，请先调整。")


class GradesOdd(Conflict):
    """Better grades begin at more points."""

    message = N_("政策参数里的等次分数线要从优到中依次降低，请先调整。")


class NotScoring(Conflict):
    """Scores are entered while the evaluation is being made."""

    message = N_("这次评价现在是“%(status)s”，不能再评分。")


class NotSubmitted(Conflict):
    """Only what was submitted is confirmed."""

    message = N_("这次评价现在是“%(status)s”，不用复核。")


class NotConfirmed(Conflict):
    """What follows a confirmation waits for it."""

    message = N_("这次评价现在是“%(status)s”，复核通过以后、结果生效以前才能办这一步。")


class NotDone(Conflict):
    """Money is proposed for results that hold."""

    message = N_("评价结果还没有生效，不能安排补贴金额。")


class OwnEvaluation(Forbidden):
    """Nobody confirms what they opened, scored or submitted."""

    message = N_("您参加了这次评价的评分或汇总，要由没有参加的另一个人复核。")


class OpinionMissing(Invalid):
    """Who sends back says why."""

    message = N_("退回要写明哪里要改。")


class NotByExpert(Invalid):
    """What the register computes nobody types."""

    message = N_("“%(criterion)s”由系统按登记的数据计算，不能填分。对结果有异议的，公示期内按异议复议。")


class NotInLine(Invalid):
    """A criterion belongs to the category."""

    message = N_("这项资产不评“%(criterion)s”。")


class PointsOdd(Invalid):
    """Nobody gets more than there is."""

    message = N_("得分要在 0 到 %(most)s 分之间，最多两位小数。")


class ReasonMissing(Invalid):
    """A score is explained."""

    message = N_("请写明评分理由。")


class PaperMissing(Invalid):
    """A score from outside stands on a paper."""

    message = N_("请填写评分依据的材料（报告、评分表、文号）。")


class ScorerMissing(Invalid):
    """A score is somebody's."""

    message = N_("请填写评分的专家或机构。")


class ExpertsMissing(Conflict):
    """What only an expert can say is asked of one."""

    message = N_("还有 %(count)s 项专业性强的资产没有专家评分，评完再提交。")


class NotPublished(Conflict):
    """There is nothing to appeal against before the notice."""

    message = N_("评价结果还没有公示，没有可以复议的异议。")


class NotItsObjection(Invalid):
    """An appeal is an objection to the notice of this evaluation."""

    message = N_("请选择对这次评价公示提出的异议。")


class SameScore(Invalid):
    """A re-scored line has another score."""

    message = N_("复议得分和原来一样，不用调整。")


class NotHung(Conflict):
    """Results hold once their notice has hung and every objection is settled."""

    message = N_("评价结果还没有公示期满，或者还有异议没有办结。")


class Rescoring(Conflict):
    """What was re-scored is confirmed first."""

    message = N_("还有复议调整没有复核，复核以后结果才能生效。")


class VoidReasonMissing(Invalid):
    """An evaluation is not given up without a word."""

    message = N_("请写明作废原因。")


class NobodySupported(Conflict):
    """Without a list there is nothing to split."""

    message = N_("没有达到支持等次的资产，不能安排补贴金额。")


class TotalOdd(Invalid):
    """A total is an amount of money."""

    message = N_("补贴总额要大于 0。")


class BasisMissing(Invalid):
    """A total comes from a decision."""

    message = N_("请填写补贴总额的文件依据。")


class PointsUnreadable(Invalid):
    """Points are a plain number."""

    message = N_("得分写成 12 或 12.5 这样的数，最多两位小数。")
