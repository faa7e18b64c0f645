"""Refusals of engagements of agencies and experts."""

from registry.errors import Conflict, Invalid
from registry.text import N_


class AgencyMissing(Invalid):
    """Somebody is engaged."""

    message = N_("请填写机构（专家）名称。")


class TaskMissing(Invalid):
    """An engagement says what is to be done."""

    message = N_("请写明委托做什么。")


class ScopeMissing(Invalid):
    """An engagement says where, or about what."""

    message = N_("请选委托范围内的单位，或者填资产编号。")


class ScopeOutside(Invalid):
    """One engages for what one supervises."""

    message = N_("“%(key)s”不在委托单位的范围内，请核对。")


class FeeOdd(Invalid):
    """A fee is not negative."""

    message = N_("费用要是不小于 0 的数。")


class DaysOdd(Invalid):
    """A contract was signed before its report is due, and is not of the future."""

    message = N_("签订日期不能晚于今天，报告期限不能早于签订日期。")


class ReportedAlready(Conflict):
    """An engagement ends with its report, once."""

    message = N_("这项委托已经登记报告，不能再改。")


class ReportNotYet(Invalid):
    """A report lies between the signing and today."""

    message = N_("报告日期不能早于签订日期，也不能晚于今天。")


class ConclusionsMissing(Invalid):
    """A report concludes something."""

    message = N_("请写明报告的主要结论。")


class NotReportedYet(Conflict):
    """Findings follow from a report."""

    message = N_("先登记报告，再登记报告提出的问题。")


class CodeOdd(Invalid):
    """A credit code proves itself."""

    message = N_("统一社会信用代码不对，请核对 18 位代码。")
