"""Kept figures read back: from canonical JSON to the dataclasses they were, by the types of their fields."""

import json
from collections.abc import Callable
from dataclasses import fields, is_dataclass
from functools import cache
from types import UnionType
from typing import Any, TypeVar, cast, get_args, get_origin, get_type_hints

from registry.evidence.store import load

F = TypeVar("F")
Reader = Callable[[Any], Any]


def read_figures(kind: type[F], text: str) -> F:
    """Return the figures that canonical JSON holds. Raises Missing when a picture they name is gone."""
    return cast("F", _reader(cast("Any", kind))(json.loads(text)))


@cache
def _reader(kind: Any) -> Reader:
    """Return what turns a JSON value into a value of a type; pictures are kept as evidence under their digest."""
    if is_dataclass(kind):
        return _dataclass(cast("type[Any]", kind))
    if get_origin(kind) is tuple:
        item = _reader(get_args(kind)[0])
        return lambda value: tuple(map(item, value))
    if kind is bytes:
        return load
    if isinstance(kind, UnionType) or kind in {int, str, bool}:
        return lambda value: value
    raise TypeError(f"not a figure: {kind!r}")


def _dataclass(kind: type[Any]) -> Reader:
    hints = get_type_hints(kind)
    plain = tuple(field.name for field in fields(kind) if hints[field.name] in _PLAIN)
    others = tuple((field.name, _reader(hints[field.name])) for field in fields(kind) if field.name not in plain)

    def read(value: dict[str, Any]) -> Any:
        for name, reader in others:
            value[name] = reader(value[name])
        return kind(**value)

    return read


_PLAIN = (str, int, int | None)
