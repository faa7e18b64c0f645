"""What a reader asks of a report besides unit and day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """The assets a card or labels are asked for; the address that leads to a thing's page, for its QR code.

    ``notice_id`` and ``paper`` (A4, A3) belong to the poster of a notice, ``case_id`` to the papers of a title case.
    """

    asset_numbers: tuple[str, ...] = ()
    label_address: str = ""
    notice_id: int = 0
    paper: str = ""
    case_id: int = 0


NOTHING = Parameters()
