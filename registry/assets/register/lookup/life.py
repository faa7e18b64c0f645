"""The whole life of an asset on one line: what happened when, who did it, on what basis. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from registry.assets.register.amendments.rules import CorrectionStatus, LegacyKind
from registry.assets.register.registration import ValueKind
from registry.evidence.rules import EvidenceKind
from registry.money import format_yuan
from registry.text import N_


@dataclass(frozen=True)
class Phrase:
    """A sentence marked for translation, and what is put into it; without a sentence, a person's own words."""

    message: str
    params: tuple[tuple[str, str], ...] = ()


def as_written(text: str) -> Phrase:
    """Return a person's own words, which nobody translates."""
    return Phrase("", (("text", text),))


@dataclass(frozen=True)
class Entry:
    """One point of the line. ``kind`` is fact, decided, corrected, now or future."""

    kind: str
    on: date
    label: str
    title: Phrase
    struck: str = ""
    value: str = ""
    detail: tuple[Phrase, ...] = ()
    quote: tuple[Phrase, ...] = ()
    #: The paper that was printed then, if its page is open to the reader.
    serial: str = ""


@dataclass(frozen=True)
class Difference:
    """One answer of a card that a correction changes."""

    label: str
    old: str
    new: str


@dataclass(frozen=True)
class Money:
    """One dated change of value, with the number of documents its money came by."""

    kind: str
    effective_on: date
    amount_fen: int
    reason: str
    documents: tuple[str, ...]


@dataclass(frozen=True)
class Amendment:
    """A correction as its people left it."""

    status: str
    on: date
    reason: str
    asked_by: str
    decided_by: str
    opinion: str
    differences: tuple[Difference, ...]


@dataclass(frozen=True)
class Past:
    """A fact from before go-live."""

    kind: str
    on: date
    document_no: str
    amount_fen: int | None
    note: str
    entered_by: str
    confirmed_by: str


@dataclass(frozen=True)
class Said:
    """A remark, or a file that was added."""

    on: date
    text: str
    by: str


@dataclass(frozen=True)
class Birth:
    """How the card came about."""

    accepted_on: date | None
    in_use_on: date | None
    entered_on: date
    entered_by: str
    confirmed_on: date | None
    confirmed_by: str
    is_legacy: bool
    sent_back_reason: str


def told(birth: Birth) -> list[Entry]:
    """Return acceptance, first use, entry and confirmation of a card."""
    found = []
    if birth.accepted_on:
        found.append(Entry("fact", birth.accepted_on, N_("竣工验收"), Phrase(N_("形成资产，通过验收"))))
    if birth.in_use_on:
        found.append(Entry("fact", birth.in_use_on, N_("投入使用"), Phrase(N_("投入使用"))))
    legacy = (Phrase(N_("历史补录")),) if birth.is_legacy else ()
    found.append(
        Entry("fact", birth.entered_on, N_("登记"), Phrase(N_("登记入册")), detail=(_by(birth.entered_by), *legacy))
    )
    if birth.confirmed_on:
        found.append(Entry("decided", birth.confirmed_on, N_("第二人确认"), Phrase(N_("登记已确认")),
                           detail=(_by(birth.confirmed_by),)))  # fmt: skip
    if birth.sent_back_reason:
        found.append(Entry("corrected", birth.entered_on, N_("退回"), Phrase(N_("退回修改")),
                           quote=(_reason(birth.sent_back_reason),)))  # fmt: skip
    return found


def valued(change: Money) -> Entry:
    """Return a change of value as a point of the line."""
    kind = ValueKind(change.kind)
    sign = "+" if change.amount_fen > 0 and kind is not ValueKind.ACQUISITION else ""
    papers = tuple(Phrase(N_("文号 %(number)s"), (("number", paper),)) for paper in change.documents[:3] if paper)
    return Entry(
        "corrected" if kind is ValueKind.CORRECTION else "fact",
        change.effective_on,
        kind.label,
        Phrase(N_("原值 %(amount)s 元"), (("amount", sign + format_yuan(change.amount_fen)),)),
        detail=papers,
        quote=(_reason(change.reason),) if change.reason else (),
    )


_STATUS = {
    CorrectionStatus.WAITING: ("now", N_("申请更正，待上一级确认")),
    CorrectionStatus.APPLIED: ("corrected", N_("更正")),
    CorrectionStatus.REFUSED: ("fact", N_("申请更正，未同意")),
    CorrectionStatus.VOID: ("fact", N_("申请更正，已作废")),
}


def corrected(one: Amendment) -> list[Entry]:
    """Return a correction as one point for each answer it changes, the old value to be struck through."""
    kind, label = _STATUS[CorrectionStatus(one.status)]
    people = [Phrase(N_("%(who)s申请"), (("who", one.asked_by),))]
    if one.decided_by and one.decided_by != one.asked_by:
        people.append(Phrase(N_("%(who)s第二人确认"), (("who", one.decided_by),)))
    words = [_reason(one.reason), *people]
    if one.opinion:
        words.append(Phrase(N_("意见：%(text)s"), (("text", one.opinion),)))
    found = [
        Entry(kind, one.on, label, Phrase(gap.label), gap.old or "—", gap.new or "—")
        for gap in one.differences or (Difference(N_("登记内容"), "", ""),)
    ]
    last = found[-1]
    found[-1] = Entry(last.kind, last.on, last.label, last.title, last.struck, last.value, quote=tuple(words))
    return found


def past(fact: Past) -> Entry:
    """Return a fact of the past as a point of the line."""
    kind = LegacyKind(fact.kind)
    paper = (Phrase(N_("文号 %(number)s"), (("number", fact.document_no),)),) if fact.document_no else ()
    agreed = Phrase(N_("%(who)s第二人确认"), (("who", fact.confirmed_by),))
    second = agreed if fact.confirmed_by else Phrase(N_("待第二人确认"))
    title = as_written(fact.note) if fact.note else Phrase(kind.label)
    if fact.amount_fen is not None:
        title = Phrase(
            N_("%(text)s %(amount)s 元"), (("text", fact.note or kind.label), ("amount", format_yuan(fact.amount_fen)))
        )
    return Entry(
        "decided" if fact.confirmed_by else "fact",
        fact.on,
        kind.label,
        title,
        detail=(Phrase(N_("历史补录")), *paper, _by(fact.entered_by), second),
    )


def remarked(one: Said) -> Entry:
    """Return a remark as a point of the line."""
    return Entry("fact", one.on, N_("批注"), Phrase(N_("%(who)s批注"), (("who", one.by),)),
                 quote=(as_written(one.text),))  # fmt: skip


def attached(one: Said, kind: str) -> Entry:
    """Return a file that was added as a point of the line."""
    title = as_written(one.text) if one.text else Phrase(EvidenceKind(kind).label)
    return Entry("fact", one.on, EvidenceKind(kind).label, title, detail=(_by(one.by),))


def printed(on: date, title: str, serial: str, by: str, *, is_open: bool) -> Entry:
    """Return a paper that was printed as a point of the line, leading to its page where the reader may open it."""
    number = Phrase(N_("编号 %(number)s"), (("number", serial),))
    return Entry("fact", on, N_("打印"), Phrase(title), detail=(number, _by(by)), serial=serial if is_open else "")


def in_order(entries: Iterable[Entry], today: date, state: str) -> list[Entry]:
    """Return the points from the first to today, which stands last with the present state."""
    return [*sorted(entries, key=lambda entry: entry.on), Entry("now", today, N_("今天"), Phrase(state))]


def _by(who: str) -> Phrase:
    return Phrase(N_("%(who)s办理"), (("who", who),))


def _reason(text: str) -> Phrase:
    return Phrase(N_("理由：%(text)s"), (("text", text),))


class Answered(Protocol):
    """A label with what was answered."""

    @property
    def label(self) -> str: ...

    @property
    def text(self) -> str: ...


def compared(old: Iterable[Answered], new: Iterable[Answered]) -> tuple[Difference, ...]:
    """Return the labels whose answers differ, in the order of the card; several answers of one label stand together."""
    before, after = _by_label(old), _by_label(new)
    labels = dict.fromkeys([*before, *after])
    return tuple(
        Difference(label, before.get(label, ""), after.get(label, ""))
        for label in labels
        if before.get(label, "") != after.get(label, "")
    )


def _by_label(answers: Iterable[Answered]) -> Mapping[str, str]:
    found: dict[str, list[str]] = {}
    for answer in answers:
        found.setdefault(answer.label, []).append(answer.text)
    return {label: "；".join(texts) for label, texts in found.items()}
