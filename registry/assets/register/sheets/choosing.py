"""What a person chose for a file on the mapping page, as it is kept with the upload. Pure."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from registry.assets.register.sheets.fields import TableKind, is_field
from registry.assets.register.sheets.heading_texts import Confidence
from registry.assets.register.sheets.headings import Heading
from registry.assets.register.sheets.records import Defaults
from registry.kinds import Category
from registry.money import Unit


@dataclass(frozen=True)
class Choices:
    """A person's decisions about a file; what is None or empty is left to what the file says."""

    sheet: str = ""
    kind: TableKind | None = None
    unit: Unit | None = None
    region_code: str = ""
    category: Category | None = None
    project_year: int | None = None
    owner_of_unit: bool = False
    mapping: tuple[tuple[str, str], ...] = ()

    @property
    def defaults(self) -> Defaults:
        """What stands where the table says nothing."""
        return Defaults(self.unit, self.region_code or None, self.category, self.project_year)

    def to_json(self) -> str:
        """Write the choices as canonical JSON."""
        plain = {
            "sheet": self.sheet,
            "kind": self.kind.value if self.kind else "",
            "unit": self.unit.name if self.unit else "",
            "region_code": self.region_code,
            "category": self.category.value if self.category else "",
            "project_year": self.project_year,
            "owner_of_unit": self.owner_of_unit,
            "mapping": dict(self.mapping),
        }
        return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def choices_from(text: str) -> Choices:
    """Read choices back."""
    plain = json.loads(text)
    return Choices(
        sheet=plain["sheet"],
        kind=TableKind(plain["kind"]) if plain["kind"] else None,
        unit=Unit[plain["unit"]] if plain["unit"] else None,
        region_code=plain["region_code"],
        category=Category(plain["category"]) if plain["category"] else None,
        project_year=plain["project_year"],
        owner_of_unit=plain["owner_of_unit"],
        mapping=kept_mapping(plain["mapping"]),
    )


def kept_mapping(pairs: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Return the pairs of heading and field whose field exists."""
    return tuple(sorted((heading, field) for heading, field in pairs.items() if is_field(field)))


def is_doubtful(heading: Heading | None) -> bool:
    """Say whether a person must look at the columns before what was read of them can be trusted."""
    if heading is None or heading.kind is TableKind.UNKNOWN:
        return True
    return any(column.confidence is Confidence.LIKELY for column in heading.columns)


def missing_fields(heading: Heading, chosen: Choices) -> tuple[str, ...]:
    """Return the required fields that no column holds and nobody chose for the file."""
    given = {"region": chosen.region_code, "category": chosen.category, "acquired_on": chosen.project_year}
    return tuple(key for key in heading.missing if not given.get(key))
