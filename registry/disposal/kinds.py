"""The kinds of disposal and what each of them means: one table, read top to bottom. Pure.

Domain rules, section 7.1. Whatever passes property to another party is a disposal: also restructuring and what is put
into a company in kind. Change of line and stop of use take nothing away.
"""

from dataclasses import dataclass

from registry.assets.register.categories import INTERESTS, Nature, UseStatus
from registry.evidence.rules import EvidenceKind
from registry.text import N_, Labelled


class DisposalKind(Labelled):
    """How an asset is disposed of."""

    SALE = "SALE", N_("出售")
    AUCTION = "AUCTION", N_("拍卖")
    TRANSFER = "TRANSFER", N_("转让")
    SWAP = "SWAP", N_("置换")
    ALLOCATION = "ALLOCATION", N_("无偿调拨")
    DONATION = "DONATION", N_("对外捐赠")
    RESTRUCTURING = "RESTRUCTURING", N_("改制重组转出")
    IN_KIND = "IN_KIND", N_("实物作价入股")
    LOSS = "LOSS", N_("报损")
    SCRAP = "SCRAP", N_("报废")
    MONEY_LOSS = "MONEY_LOSS", N_("货币资金损失核销")
    DEBT_LOSS = "DEBT_LOSS", N_("债权、投资损失核销")
    CONSUMED = "CONSUMED", N_("种苗、物资消耗核销")
    CONVERSION = "CONVERSION", N_("转产")
    STOP_USE = "STOP_USE", N_("报停")
    EQUITY_EXIT = "EQUITY_EXIT", N_("股权退出")
    EQUITY_BUY_BACK = "EQUITY_BUY_BACK", N_("股权回购")


class Ground(Labelled):
    """Why an asset is disposed of (domain rules, section 7.1; 行政事业性国有资产管理条例第二十一条)."""

    DISASTER = "DISASTER", N_("自然灾害、事故造成损失")
    PLANNING = "PLANNING", N_("规划、政策调整拆除或占用")
    LIFE_ENDED = "LIFE_ENDED", N_("使用期满、存在安全隐患")
    IDLE = "IDLE", N_("环境、市场、技术变化造成闲置，需转产")
    TERM_ENDED = "TERM_ENDED", N_("股权本金协议到期，需重新安排")
    REPLACED = "REPLACED", N_("公益性资产被新项目覆盖")
    OBSOLETE = "OBSOLETE", N_("技术落后、没有维修价值")
    BAD_DEBT = "BAD_DEBT", N_("盘亏、呆账、非正常损失")
    CONSUMED = "CONSUMED", N_("种苗、物资正常消耗或死亡")
    OTHER = "OTHER", N_("其他需要")


class Pricing(Labelled):
    """Whether there is a price, and how it comes about."""

    OPENED = "OPENED", N_("公开交易定价")
    AGREED = "AGREED", N_("会议认定价值")
    NONE = "NONE", N_("没有价款")


class Appraising(Labelled):
    """Whether a report of appraisal is needed; owners of the state always need one where there is a price."""

    ALWAYS = "ALWAYS", N_("必须评估")
    FROM_THRESHOLD = "FROM_THRESHOLD", N_("达到价值起点须评估")
    NOT_NEEDED = "NOT_NEEDED", N_("不需要评估")


_THINGS = frozenset(Nature) - INTERESTS
_EQUITY = frozenset({Nature.EQUITY})
_CLAIMS = frozenset({Nature.DEBT, Nature.EQUITY})
_GONE = frozenset({Ground.DISASTER, Ground.PLANNING, Ground.LIFE_ENDED, Ground.OBSOLETE, Ground.BAD_DEBT})
_PARTED = frozenset({Ground.PLANNING, Ground.LIFE_ENDED, Ground.IDLE, Ground.REPLACED, Ground.OBSOLETE, Ground.OTHER})
_EXIT = frozenset({Ground.TERM_ENDED, Ground.IDLE, Ground.PLANNING, Ground.OTHER})


@dataclass(frozen=True)
class Meaning:
    """What a kind of disposal means."""

    pricing: Pricing
    appraising: Appraising
    grounds: frozenset[Ground]
    removes: bool = True
    passes: bool = False
    natures: frozenset[Nature] = _THINGS
    needs_title: bool = True
    #: Whether money comes in that must be re-used.
    has_proceeds: bool = False
    #: Whether an exit rule of the equity is asked for.
    is_exit: bool = False
    #: Whether the thing may be disposed of in part, by quantity or by an owner's share.
    in_part: bool = True
    papers: tuple[EvidenceKind, ...] = ()
    use_after: UseStatus | None = None


_K, _P, _A, _E = DisposalKind, Pricing, Appraising, EvidenceKind
MEANINGS: dict[DisposalKind, Meaning] = {
    _K.SALE: Meaning(_P.OPENED, _A.FROM_THRESHOLD, _PARTED, passes=True, has_proceeds=True),
    _K.AUCTION: Meaning(_P.OPENED, _A.FROM_THRESHOLD, _PARTED, passes=True, has_proceeds=True),
    _K.TRANSFER: Meaning(
        _P.OPENED, _A.FROM_THRESHOLD, _PARTED, passes=True, natures=frozenset(Nature), has_proceeds=True
    ),
    _K.SWAP: Meaning(_P.AGREED, _A.ALWAYS, _PARTED, passes=True, has_proceeds=True),
    _K.ALLOCATION: Meaning(_P.NONE, _A.NOT_NEEDED, _PARTED, passes=True, papers=(_E.APPROVAL,)),
    _K.DONATION: Meaning(_P.NONE, _A.NOT_NEEDED, _PARTED, passes=True),
    _K.RESTRUCTURING: Meaning(
        _P.AGREED,
        _A.ALWAYS,
        _PARTED,
        passes=True,
        natures=frozenset(Nature),
        has_proceeds=True,
        in_part=False,
        papers=(_E.APPROVAL,),
    ),
    _K.IN_KIND: Meaning(_P.AGREED, _A.ALWAYS, _PARTED, passes=True, in_part=False, papers=(_E.CONTRACT,)),
    _K.LOSS: Meaning(_P.NONE, _A.NOT_NEEDED, _GONE, papers=(_E.PHOTO,)),
    _K.SCRAP: Meaning(_P.NONE, _A.NOT_NEEDED, _GONE | {Ground.REPLACED}, has_proceeds=True),
    _K.MONEY_LOSS: Meaning(
        _P.NONE,
        _A.NOT_NEEDED,
        frozenset({Ground.BAD_DEBT, Ground.OTHER}),
        natures=_CLAIMS,
        needs_title=False,
        in_part=False,
        papers=(_E.OTHER,),
    ),
    _K.DEBT_LOSS: Meaning(
        _P.NONE,
        _A.NOT_NEEDED,
        frozenset({Ground.BAD_DEBT, Ground.OTHER}),
        natures=_CLAIMS,
        needs_title=False,
        in_part=False,
        papers=(_E.OTHER,),
    ),
    # Seeds and goods that were used up never became fixed assets and never had title (published write-offs of 博罗).
    _K.CONSUMED: Meaning(_P.NONE, _A.NOT_NEEDED, frozenset({Ground.CONSUMED, Ground.DISASTER}), needs_title=False),
    _K.CONVERSION: Meaning(
        _P.NONE,
        _A.NOT_NEEDED,
        frozenset({Ground.IDLE, Ground.OTHER}),
        removes=False,
        in_part=False,
        use_after=UseStatus.IN_USE,
    ),
    _K.STOP_USE: Meaning(
        _P.NONE, _A.NOT_NEEDED, _PARTED | _GONE, removes=False, in_part=False, use_after=UseStatus.STOPPED
    ),
    _K.EQUITY_EXIT: Meaning(
        _P.AGREED,
        _A.FROM_THRESHOLD,
        _EXIT,
        natures=_EQUITY,
        has_proceeds=True,
        is_exit=True,
        in_part=False,
    ),
    _K.EQUITY_BUY_BACK: Meaning(
        _P.AGREED, _A.ALWAYS, _EXIT, passes=True, natures=_EQUITY, has_proceeds=True, is_exit=True, in_part=False
    ),
}
#: What the ground itself must be proved with (报损、毁损须有照片).
PAPERS_OF_GROUND: dict[Ground, frozenset[EvidenceKind]] = {
    Ground.DISASTER: frozenset({EvidenceKind.PHOTO}),
    Ground.PLANNING: frozenset({EvidenceKind.APPROVAL}),
}
#: Kinds whose losses may be recorded at once and decided afterwards.
SUDDEN = frozenset({DisposalKind.LOSS, DisposalKind.SCRAP})


class Extent(Labelled):
    """How much of an asset a line is about."""

    WHOLE = "WHOLE", N_("全部")
    QUANTITY = "QUANTITY", N_("部分数量")
    SHARE = "SHARE", N_("部分份额")


class LineDecision(Labelled):
    """Whether a case takes one of its assets in."""

    TAKEN = "TAKEN", N_("纳入")
    LEFT_OUT = "LEFT_OUT", N_("不纳入")


class DisposalStatus(Labelled):
    """How far a case has come."""

    DRAFT = "DRAFT", N_("起草中")
    SUBMITTED = "SUBMITTED", N_("审批中")
    SENT_BACK = "SENT_BACK", N_("已退回")
    APPROVED = "APPROVED", N_("已批准，待执行")
    CALLED_IN = "CALLED_IN", N_("已提级调阅，暂停执行")
    SUSPENDED = "SUSPENDED", N_("成交价过低，已中止")
    DONE = "DONE", N_("已执行")
    REJECTED = "REJECTED", N_("未批准")
    WITHDRAWN = "WITHDRAWN", N_("已撤回")


#: Such a case holds its assets: they lie in no other.
OPEN = frozenset(
    {
        DisposalStatus.DRAFT, DisposalStatus.SUBMITTED, DisposalStatus.SENT_BACK, DisposalStatus.APPROVED,
        DisposalStatus.CALLED_IN, DisposalStatus.SUSPENDED,
    }
)  # fmt: skip
#: Only now may lines, facts and papers be changed.
EDITABLE = frozenset({DisposalStatus.DRAFT, DisposalStatus.SENT_BACK})
#: Cases that count towards what an owner disposes of within the window against splitting.
COUNTED = frozenset(
    {
        DisposalStatus.SUBMITTED, DisposalStatus.SENT_BACK, DisposalStatus.APPROVED, DisposalStatus.CALLED_IN,
        DisposalStatus.SUSPENDED, DisposalStatus.DONE,
    }
)  # fmt: skip
