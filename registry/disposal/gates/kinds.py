"""The words of the gates: what is asked, when, and how it can be answered. Pure."""

from dataclasses import dataclass, field

from registry.text import N_, Labelled


class Gate(Labelled):
    """One question about a case, in the order people read them."""

    CARD = "CARD", N_("登记已确认")
    CATEGORY = "CATEGORY", N_("类别允许处置")
    TITLE = "TITLE", N_("产权清楚")
    OTHER_CASE = "OTHER_CASE", N_("没有其他在办事项")
    ENCUMBRANCE = "ENCUMBRANCE", N_("无抵押、查封、争议")
    GROUND = "GROUND", N_("理由和材料齐全")
    DAY = "DAY", N_("生效日期")
    APPRAISAL = "APPRAISAL", N_("评估有效")
    EXIT = "EXIT", N_("股权退出办法")
    SPLIT = "SPLIT", N_("没有拆分")
    DECISIONS = "DECISIONS", N_("议事、公示和各级审批")
    CONTRACT = "CONTRACT", N_("经营合同")
    ARREARS = "ARREARS", N_("欠款")
    DEPOSIT = "DEPOSIT", N_("押金、预收款")
    INCOME = "INCOME", N_("未分配收益")
    REPAIR = "REPAIR", N_("维修")
    CUSTODY = "CUSTODY", N_("管护")
    PRICE = "PRICE", N_("成交价格")
    BOOKS = "BOOKS", N_("账簿")


#: What must be planned when a case is submitted and settled before it is carried out.
SETTLED_LATER = (Gate.CONTRACT, Gate.ARREARS, Gate.DEPOSIT, Gate.INCOME, Gate.REPAIR, Gate.CUSTODY)


class Moment(Labelled):
    """When the gates are asked."""

    SUBMIT = "SUBMIT", N_("提交时")
    DECIDE = "DECIDE", N_("审批时")
    EXECUTE = "EXECUTE", N_("执行时")


class GateOutcome(Labelled):
    """How a gate answers."""

    PASSED = "PASSED", N_("通过")
    ARRANGED = "ARRANGED", N_("有安排")
    FAILED = "FAILED", N_("未通过")


@dataclass(frozen=True)
class Answer:
    """How a gate answered, with its reason: a text to translate and its figures; what to do about it, if anything."""

    outcome: GateOutcome
    said: str
    params: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A gate's answer at a moment, and whether it stops the case there."""

    gate: Gate
    answer: Answer
    blocks: bool
    #: Whether it would stop the case at execution if it stayed so.
    blocks_later: bool

    @property
    def outcome(self) -> GateOutcome:
        return self.answer.outcome
