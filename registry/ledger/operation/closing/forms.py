"""What the accountant types beside each due; the rows are many and alike, so they are read by their key."""

from collections.abc import Mapping, Sequence

from registry.errors import Invalid, RegistryError
from registry.ledger.operation.closing.queries import Offer
from registry.ledger.operation.closing.rules import check_accrued
from registry.money import parse_fen, plain_yuan

_FIELD = "amount-{}"


def offered(offers: Sequence[Offer]) -> dict[int, str]:
    """Return what the fields begin with: what the dues say."""
    return {one.share.share_id: plain_yuan(one.suggested_fen) if one.suggested_fen else "" for one in offers}


def typed(sent: Mapping[str, str], offers: Sequence[Offer]) -> dict[int, str]:
    """Return what was typed, by part of a due."""
    return {one.share.share_id: sent.get(_FIELD.format(one.share.share_id), "").strip() for one in offers}


def read(texts: Mapping[int, str], offers: Sequence[Offer]) -> tuple[dict[int, int], dict[int, RegistryError]]:
    """Return the amounts in fen, and what is wrong with which; an empty field is nothing to accrue."""
    amounts, problems = dict[int, int](), dict[int, RegistryError]()
    for one in offers:
        key = one.share.share_id
        try:
            fen = parse_fen(texts[key]) if texts[key] else 0
            check_accrued(one.share, fen)
        except Invalid as error:
            problems[key] = error
        else:
            amounts[key] = fen
    return amounts, problems
