"""What a reader asks of a report besides unit and day."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Parameters:
    """The assets a card or labels are asked for; the address that leads to an asset's page, for its label; a case."""

    asset_numbers: tuple[str, ...] = ()
    label_address: str = ""
    case_id: int = 0


NOTHING = Parameters()
