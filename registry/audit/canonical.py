"""Canonical JSON (RFC 8785, narrowed): one value has exactly one text, so the text can be hashed and compared.

Narrowed means: ASCII keys, no floats, integers within ±(2^53 − 1), NFC text, no lone surrogates. This file lies on the
path of every write, so it asks whole containers and the whole text at once and looks at single items only on suspicion.
"""

import json
import unicodedata
from collections.abc import Iterable
from types import NoneType
from typing import NoReturn, TypeAlias, cast

from registry.errors import RegistryError
from registry.text import N_

JsonValue: TypeAlias = "bool | int | str | list[JsonValue] | dict[str, JsonValue] | None"

#: The largest whole number that every JSON reader holds exactly.
MAX_INTEGER = 2**53 - 1
MAX_DEPTH = 32

_SCALARS = frozenset({NoneType, bool, int, str})
#: Digits become 9, and what can stand before a number a colon: a number too long then shows in one search.
_NUMBERS = bytes.maketrans(b"012345678,[-", b"999999999:::")
_LONG_NUMBER = b":" + b"9" * len(str(MAX_INTEGER))


class NotCanonical(RegistryError):
    """The value has no canonical form, or the text is not in it."""

    message = N_("数据不符合规范 JSON 格式。")


def encode(value: JsonValue) -> str:
    """Return the one canonical text of a value; raises NotCanonical."""
    _check_shape(value, 0)
    text = _ENCODER.encode(value)
    if not _is_plain(text):
        _check_scalars(value)
    return text


def decode(text: str) -> JsonValue:
    """Read a canonical text; raises NotCanonical for anything that encode() would have written otherwise."""
    try:
        value = cast("JsonValue", _DECODER.decode(text))
    except (ValueError, RecursionError) as error:
        raise NotCanonical(N_("文本不是 JSON。")) from error
    if encode(value) != text:
        raise NotCanonical(N_("JSON 文本不是规范写法。"))
    return value


def _refuse_number(text: str) -> NoReturn:
    raise NotCanonical(N_("“%(text)s”不是整数。"), text=text)


_ENCODER = json.JSONEncoder(ensure_ascii=False, check_circular=False, sort_keys=True, separators=(",", ":"))
_DECODER = json.JSONDecoder(parse_float=_refuse_number, parse_constant=_refuse_number)


def _check_shape(value: object, depth: int) -> None:
    """Refuse types without a canonical form, keys that are not ASCII text, and nesting too deep (or circular)."""
    items: Iterable[object]
    if isinstance(value, dict):
        _check_keys(value)
        items = value.values()
    elif isinstance(value, list):
        items = value
    elif isinstance(value, (NoneType, bool, int, str)):
        return
    else:
        raise NotCanonical(N_("%(kind)s 类型没有规范写法。"), kind=type(value).__name__)
    if depth == MAX_DEPTH:
        raise NotCanonical(N_("嵌套超过 %(depth)s 层。"), depth=MAX_DEPTH)
    if not _SCALARS.issuperset(map(type, items)):
        for item in items:
            if type(item) not in _SCALARS:
                _check_shape(item, depth + 1)


def _check_keys(keys: Iterable[object]) -> None:
    try:
        ascii_only = "".join(cast("Iterable[str]", keys)).isascii()
    except TypeError as error:
        raise NotCanonical(N_("键不是文本。")) from error
    if not ascii_only:
        raise NotCanonical(N_("键含有 ASCII 以外的字符。"))


def _is_plain(text: str) -> bool:
    """Tell whether the text as a whole shows that every number is in range and every string encodable and NFC.

    Sound, because a piece of NFC text is NFC and no escape composes with what follows; a refusal is only a suspicion
    (a combining mark after an escape, a long number inside a string).
    """
    if not _is_encodable(text) or _LONG_NUMBER in (":" + text).encode().translate(_NUMBERS):
        return False
    return unicodedata.is_normalized("NFC", text)


def _is_encodable(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _check_scalars(value: JsonValue) -> None:
    """Look at every single number and string."""
    if isinstance(value, dict):
        for item in value.values():
            _check_scalars(item)
    elif isinstance(value, list):
        for item in value:
            _check_scalars(item)
    elif isinstance(value, str):
        if not (unicodedata.is_normalized("NFC", value) and _is_encodable(value)):
            raise NotCanonical(N_("文字不是 NFC 规范形式，或含有残缺的字符。"))
    elif isinstance(value, int) and abs(value) > MAX_INTEGER:
        raise NotCanonical(N_("整数 %(number)s 超出 ±(2^53−1)。"), number=value)
