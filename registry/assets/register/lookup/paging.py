"""Walking a list by keys: orders, places in them, and the steps to the pages around. Pure."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from registry.errors import Invalid
from registry.text import N_, Labelled

SIZES = (20, 50)
_KEY = re.compile(r"([0-9A-Z]{1,23})-([0-9]{1,15})")
_START = re.compile(r"-?[0-9]{1,12}")


class NotAPlace(Invalid):
    """The address names no place in this list."""

    message = N_("翻页的位置看不懂，请从第一页看起。")


class Order(Labelled):
    """The orders a list may stand in."""

    REGION = "REGION", N_("按区划和登记先后排列")
    NUMBER = "NUMBER", N_("按编号排列")
    NEWEST = "NEWEST", N_("新登记的在前")
    VALUE = "VALUE", N_("按原值从高到低")
    YEAR = "YEAR", N_("按购建年度从近到远")


#: Orders a reader may ask for; they sort the whole filtered set, so it must be small.
CHOSEN = frozenset({Order.VALUE, Order.YEAR})
_TEXT_KEYS = frozenset({Order.REGION, Order.NUMBER})


@dataclass(frozen=True)
class Key:
    """The place of one row: its sort value and its id."""

    value: str | int
    id: int

    def __str__(self) -> str:
        return f"{self.value}-{self.id}"


@dataclass(frozen=True)
class Place:
    """Which page is meant: after a row, before a row, the last one, or (nothing said) the first.

    ``start`` is the running number of its first row; a negative one counts from the end.
    """

    after: Key | None = None
    before: Key | None = None
    last: bool = False
    start: int = 1
    size: int = SIZES[0]

    @property
    def backwards(self) -> bool:
        """Whether the page is read from its end."""
        return self.last or self.before is not None


def parse_place(args: Mapping[str, str], order: Order) -> Place:
    """Read the page that is meant; raises NotAPlace."""
    size = args.get("size", str(SIZES[0]))
    start = args.get("start", "1")
    after, before, last = args.get("after", ""), args.get("before", ""), args.get("page", "")
    if size not in {str(one) for one in SIZES} or not _START.fullmatch(start) or last not in {"", "last"}:
        raise NotAPlace
    if sum(map(bool, (after, before, last))) > 1:
        raise NotAPlace
    return Place(_key(after, order), _key(before, order), bool(last), int(start) or 1, int(size))


def place_after(text: str, order: Order, size: int) -> Place:
    """Return the page of so many rows after a row, the first one for no row; raises NotAPlace."""
    return Place(after=_key(text, order), size=size)


def _key(text: str, order: Order) -> Key | None:
    if not text:
        return None
    match = _KEY.fullmatch(text)
    if match is None or (order not in _TEXT_KEYS and not match[1].isdigit()):
        raise NotAPlace
    return Key(match[1] if order in _TEXT_KEYS else int(match[1]), int(match[2]))


@dataclass(frozen=True)
class Step:
    """A neighbouring page as the address names it; None where there is none."""

    first: dict[str, str] | None = None
    previous: dict[str, str] | None = None
    next: dict[str, str] | None = None
    last: dict[str, str] | None = None


def steps(place: Place, first: Key | None, last: Key | None, rows: int, *, more: bool, total: int | None) -> Step:
    """Return the ways out of a page that shows ``rows`` rows; ``more`` says that rows lie beyond it."""
    at_start = place.after is None and not (place.backwards and more)
    at_end = place.last or (not place.backwards and not more)
    start = first_number(place, rows, more=more, total=total)
    size = {} if place.size == SIZES[0] else {"size": str(place.size)}
    end = {"page": "last", "start": str(-(last_rows(total, place.size))), **size}
    return Step(
        first=None if at_start else size,
        previous=None
        if at_start or first is None
        else {"before": str(first), "start": str(start - place.size), **size},
        next=None if at_end or last is None else {"after": str(last), "start": str(start + rows), **size},
        last=None if at_end else end,
    )


def last_rows(total: int | None, size: int) -> int:
    """Return how many rows the last page shows: what is left over, or a whole page where the total is unknown."""
    return size if not total else total % size or size


def first_number(place: Place, rows: int, *, more: bool, total: int | None) -> int:
    """Return the running number of a page's first row; negative counts from the end."""
    if not place.backwards:
        return place.start
    if not more:
        return 1
    start = -rows if place.last else place.start
    return start + total + 1 if start < 0 and total is not None else start
