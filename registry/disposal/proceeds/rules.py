"""Whose money a price becomes. Pure."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from registry.parties.models import Party


@dataclass(frozen=True)
class Portion:
    """One owner's part of what a disposal fetched and cost, and what of it had come in when it was carried out."""

    party: "Party"
    due_fen: int
    cost_fen: int
    received_fen: int
    received_on: date | None
    paper_no: str
