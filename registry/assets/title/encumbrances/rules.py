"""Kinds of encumbrances, and what an entry of one must say. Pure."""

from dataclasses import dataclass
from datetime import date

from registry.errors import Conflict, Invalid
from registry.text import N_, Labelled

MAX_HOLDER = 80


class EncumbranceKind(Labelled):
    """What weighs on an asset."""

    PLEDGE = "PLEDGE", N_("抵押质押")
    SEIZURE = "SEIZURE", N_("查封")
    CAVEAT = "CAVEAT", N_("异议登记")
    DISPUTE = "DISPUTE", N_("权属争议")
    UNCLEAR = "UNCLEAR", N_("权属不清")


#: Entries that say that nobody knows for sure whose the asset is; the card says so too.
DISPUTES = frozenset({EncumbranceKind.DISPUTE, EncumbranceKind.UNCLEAR})


class HolderMissing(Invalid):
    """An entry names who asked for it or in whose favour it is."""

    message = N_("请填写由谁提出或对谁有利，最多 80 个字。")


class BasisMissing(Invalid):
    """An entry, and its end, stand on a document."""

    message = N_("请填写文号或依据。")


class NotYetBegun(Invalid):
    """A fact of the register is not dated in the future."""

    message = N_("起始日期不能晚于今天。")


class EndsBeforeStart(Invalid):
    """An entry does not end before it begins."""

    message = N_("解除日期不能早于起始日期，也不能晚于今天。")


class AlreadyLifted(Conflict):
    """An entry ends once."""

    message = N_("这条登记已于 %(day)s 解除。")


@dataclass(frozen=True)
class EncumbranceFacts:
    """What is said of an encumbrance; ``valid_to`` is its end where that is known from the start."""

    kind: EncumbranceKind
    holder: str
    document_no: str
    valid_from: date
    valid_to: date | None = None
    note: str = ""


def check_encumbrance(facts: EncumbranceFacts, *, on: date) -> None:
    """Raise unless an entry says by whom, on what basis, and since when."""
    if not 0 < len(facts.holder.strip()) <= MAX_HOLDER:
        raise HolderMissing(field="holder")
    if not facts.document_no.strip():
        raise BasisMissing(field="document_no")
    if facts.valid_from > on:
        raise NotYetBegun(field="valid_from")
    if facts.valid_to is not None and facts.valid_to < facts.valid_from:
        raise EndsBeforeStart(field="valid_to")


def check_lift(valid_from: date, lifted_on: date, document_no: str, *, on: date) -> None:
    """Raise unless an entry ends on a day that has come, after it began, on a basis."""
    if not valid_from <= lifted_on <= on:
        raise EndsBeforeStart(field="lifted_on")
    if not document_no.strip():
        raise BasisMissing(field="document_no")
