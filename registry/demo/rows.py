"""The rows of the table of assets, of the terms of interests and of the papers an asset has."""

from functools import cache
from typing import NamedTuple

from registry.assets.register.categories import SUBTYPES, Subtype
from registry.assets.register.registration import Stage
from registry.demo.places import UnitRow, units
from registry.demo.tables import labelled, read


class AssetRow(NamedTuple):
    """An asset as its table tells it."""

    unit_name: str
    name: str
    subtype_label: str
    acquired: str
    money: str
    quantity: str
    scale: str
    place: str
    owners: str
    title: str
    use: str
    mode: str
    operator: str
    project: str
    stage_label: str
    reason: str

    @property
    def unit(self) -> UnitRow:
        return units()[self.unit_name]

    @property
    def subtype(self) -> Subtype:
        return next(one for one in SUBTYPES if one.label == self.subtype_label)

    @property
    def stage(self) -> Stage:
        return labelled(Stage, self.stage_label) if self.stage_label else Stage.CONFIRMED


class InterestRow(NamedTuple):
    """What a share or claim adds."""

    unit_name: str
    name: str
    investee: str
    share: str
    rate: str
    returns: str
    starts: str
    ends: str
    exit_terms: str


class PaperRow(NamedTuple):
    """Which certificate and archives an asset has."""

    use: str
    certificate: str
    number: str
    archives: str
    gbt14885_code: str


@cache
def interests() -> dict[tuple[str, str], InterestRow]:
    """Return the terms of shares and claims by unit and name."""
    return {(row.unit_name, row.name): row for row in read("interests", InterestRow)}


@cache
def papers() -> dict[str, PaperRow]:
    """Return the papers by the kind of asset."""
    return {row.use: row for row in read("papers", PaperRow)}
