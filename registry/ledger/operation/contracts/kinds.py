"""The words of contracts: how far they have come, how the operator was chosen, how one follows another. Pure."""

from registry.assets.register.categories import OperatingMode
from registry.text import N_, Labelled


class ContractStatus(Labelled):
    """How far a contract has come; running or over by its dates is asked of ``phase_of``."""

    DRAFT = "DRAFT", N_("草稿")
    DECIDING = "DECIDING", N_("审批中")
    AGREED = "AGREED", N_("待签订")
    RUNNING = "RUNNING", N_("履行中")
    ENDED = "ENDED", N_("已到期结束")
    TERMINATED = "TERMINATED", N_("已提前终止")
    VOID = "VOID", N_("已作废")


class Phase(Labelled):
    """What a contract is on a day: a running one is to be renewed, then past its term."""

    DRAFT = "DRAFT", N_("草稿")
    DECIDING = "DECIDING", N_("审批中")
    AGREED = "AGREED", N_("待签订")
    RUNNING = "RUNNING", N_("履行中")
    RENEWING = "RENEWING", N_("临近到期")
    EXPIRED = "EXPIRED", N_("已到期未了结")
    ENDED = "ENDED", N_("已到期结束")
    TERMINATED = "TERMINATED", N_("已提前终止")
    VOID = "VOID", N_("已作废")


class AwardWay(Labelled):
    """How the operator was chosen (重庆市农村集体资产管理条例第十五条)."""

    TENDER = "TENDER", N_("公开竞标")
    MEMBERS = "MEMBERS", N_("统一发包给全体成员")
    EXEMPT = "EXEMPT", N_("不竞标，写明理由")
    NONE = "NONE", N_("自营，不用选经营方")


class LinkKind(Labelled):
    """How a contract follows an earlier one."""

    RENEWAL = "RENEWAL", N_("续签")
    AMENDMENT = "AMENDMENT", N_("变更")


class ShareBasis(Labelled):
    """Of what the owners get their percentage."""

    NET = "NET", N_("净利润")
    TURNOVER = "TURNOVER", N_("营业收入")
    OUTPUT = "OUTPUT", N_("产量折价")


class OfficerKind(Labelled):
    """How somebody is tied to an operator."""

    OFFICER = "OFFICER", N_("对方单位负责人")
    KIN = "KIN", N_("当事人近亲属")


class UseAfter(Labelled):
    """What becomes of assets when a contract is over; values are those of the card's use."""

    IDLE = "IDLE", N_("闲置，等待盘活")
    IN_USE = "IN_USE", N_("收回自用")
    STOPPED = "STOPPED", N_("停用")
    DAMAGED = "DAMAGED", N_("损毁")


#: Modes in which nobody else operates.
OWN = frozenset({OperatingMode.SELF_RUN})
#: Modes in which money or property is put into another's business: exit, default and principal must be said.
INVESTED = frozenset(
    {OperatingMode.SHAREHOLDING, OperatingMode.JOINT, OperatingMode.ENTRUST, OperatingMode.COOPERATIVE}
)
#: Modes that are leases or the like and so fall under the limits of the Civil Code.
LEASED = frozenset({OperatingMode.LEASE, OperatingMode.CONTRACT_OUT})
#: Contracts that bind somebody now.
BINDING = frozenset({ContractStatus.AGREED, ContractStatus.RUNNING})
#: Contracts that can still be written.
WRITABLE = frozenset({ContractStatus.DRAFT})
