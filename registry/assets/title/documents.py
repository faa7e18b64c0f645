"""The papers of a title case as a checklist: which are asked for, and what is said of each. Pure.

Domain rules, section 3.1. Papers that come about on the way (notice photos, resolutions) belong to the steps.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from registry.errors import Invalid
from registry.evidence.rules import EvidenceKind
from registry.kinds import Category, TitleDeed
from registry.text import N_, Labelled


class TitleDocument(Labelled):
    """A paper that proves whose an asset is."""

    PLAN = "PLAN", N_("项目批复或计划文件")
    SCHEME = "SCHEME", N_("实施方案")
    CONTRACT = "CONTRACT", N_("合同、协议")
    ACCEPTANCE = "ACCEPTANCE", N_("竣工验收表")
    SETTLEMENT = "SETTLEMENT", N_("审计报告或决算")
    PAYMENT = "PAYMENT", N_("资金拨付凭证")
    CUSTODY = "CUSTODY", N_("管护协议")
    HAND_OVER_LIST = "HAND_OVER_LIST", N_("移交清单或协议")
    REAL_ESTATE = "REAL_ESTATE", N_("不动产权证（如有）")
    SIGNATURE = "SIGNATURE", N_("农户签字的确认单")
    OWNER_PROOF = "OWNER_PROOF", N_("更名、改制或更正的依据")


class DocumentState(Labelled):
    """Whether a paper is there."""

    PRESENT = "PRESENT", N_("有")
    ABSENT = "ABSENT", N_("缺")
    NOT_APPLICABLE = "NOT_APPLICABLE", N_("不适用")


_D, _E = TitleDocument, EvidenceKind
#: As what a scan of the paper is attached.
EVIDENCE: dict[TitleDocument, EvidenceKind] = {
    _D.PLAN: _E.APPROVAL,
    _D.SCHEME: _E.APPROVAL,
    _D.CONTRACT: _E.CONTRACT,
    _D.ACCEPTANCE: _E.ACCEPTANCE,
    _D.SETTLEMENT: _E.SETTLEMENT,
    _D.PAYMENT: _E.PAYMENT,
    _D.CUSTODY: _E.CONTRACT,
    _D.HAND_OVER_LIST: _E.HAND_OVER,
    _D.REAL_ESTATE: _E.CERTIFICATE,
    _D.SIGNATURE: _E.SIGNATURE,
    _D.OWNER_PROOF: _E.APPROVAL,
}
_PROJECT = (_D.PLAN, _D.SCHEME, _D.CONTRACT, _D.ACCEPTANCE, _D.SETTLEMENT, _D.PAYMENT)
#: What a case of each deed is asked for.
ASKED: dict[TitleDeed, tuple[TitleDocument, ...]] = {
    TitleDeed.FIRST_TITLE: (*_PROJECT, _D.REAL_ESTATE, _D.CUSTODY),
    TitleDeed.HAND_OVER: (_D.ACCEPTANCE, _D.SETTLEMENT, _D.HAND_OVER_LIST, _D.CUSTODY),
    TitleDeed.MERGER: (_D.PLAN,),
    TitleDeed.SPLIT: (_D.PLAN,),
    TitleDeed.OWNER_NAME: (_D.OWNER_PROOF,),
    TitleDeed.ERROR: (_D.OWNER_PROOF,),
}
#: Papers without which nothing is decided: present, and attached as a file.
_INDISPENSABLE = frozenset({_D.SIGNATURE, _D.OWNER_PROOF})


class DocumentUnsaid(Invalid):
    """Of every paper asked for it is said whether it is there."""

    message = N_("还没有说明“%(document)s”有没有。")


class AbsenceUnexplained(Invalid):
    """A paper that is not there, or does not apply, says why."""

    message = N_("“%(document)s”缺或不适用，要写明原因。")


class DocumentNeeded(Invalid):
    """Some papers cannot be done without."""

    message = N_("“%(document)s”必须有，并且要上传扫描件或照片。")


@dataclass(frozen=True)
class Paper:
    """What is said of one paper."""

    state: DocumentState
    reason: str = ""


Papers = Mapping[TitleDocument, Paper]


def asked_for(deed: TitleDeed, category: Category, *, is_interest: bool = False) -> tuple[TitleDocument, ...]:
    """Return the papers a case is asked for; a household's asset takes its signature only, a share its contract."""
    if deed is TitleDeed.FIRST_TITLE and category is Category.HOUSEHOLD:
        return (_D.SIGNATURE,)
    if deed is TitleDeed.FIRST_TITLE and is_interest:
        return _D.PLAN, _D.CONTRACT, _D.PAYMENT
    return ASKED[deed]


def needs_file(document: TitleDocument, *, is_interest: bool = False) -> bool:
    """Say whether a case cannot do without a paper: equity goes by its contract (domain rules, section 2.2)."""
    return document in _INDISPENSABLE or (is_interest and document is _D.CONTRACT)


def check_papers(
    asked: tuple[TitleDocument, ...], papers: Papers, attached: frozenset[str], *, is_interest: bool = False
) -> None:
    """Raise unless every paper asked for is spoken of, and those that are indispensable are attached."""
    for document in asked:
        paper = papers.get(document)
        if paper is None:
            raise DocumentUnsaid(field="documents", document=document.label)
        if paper.state is not DocumentState.PRESENT and not paper.reason.strip():
            raise AbsenceUnexplained(field="documents", document=document.label)
        if needs_file(document, is_interest=is_interest):
            here = paper.state is DocumentState.PRESENT and EVIDENCE[document].value in attached
            if not here:
                raise DocumentNeeded(field="documents", document=document.label)
