"""What a reader asks of a report besides unit and day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """The assets a card or labels are asked for; the address that leads to a thing's page, for its QR code.

    ``notice_id`` and ``paper`` (A4, A3) belong to the poster of a notice, ``case_id`` to the papers of a title case,
    the others to the papers of a book, a voucher, a plan of distribution, an order of payment, a change of the roll, a
    household, a sheet or campaign of a count, a sample, an evaluation; 0 where none is meant. ``person_id``, ``since``
    (a day), ``kind`` and ``reason`` narrow the papers made from the trail; ``period`` (2026-10, 2026Q4) and ``kind``
    (one table, or all) the tables of a period; ``sector`` and ``year`` a board.
    """

    asset_numbers: tuple[str, ...] = ()
    label_address: str = ""
    notice_id: int = 0
    paper: str = ""
    case_id: int = 0
    book_id: int = 0
    voucher_id: int = 0
    plan_id: int = 0
    order_id: int = 0
    change_id: int = 0
    household_id: int = 0
    sheet_id: int = 0
    campaign_id: int = 0
    sample_id: int = 0
    person_id: int = 0
    since: str = ""
    kind: str = ""
    reason: str = ""
    evaluation_id: int = 0
    period: str = ""
    sector: str = ""
    year: int = 0


NOTHING = Parameters()
