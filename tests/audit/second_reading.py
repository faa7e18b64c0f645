"""How the second reader reads what a bundle holds: strict JSON, keys, base64, days and defaults."""

import base64
import hashlib
import json
import re
import unicodedata
from datetime import date, datetime, time, timedelta, timezone
from typing import Any

CHINA = timezone(timedelta(hours=8))
Json = dict[str, Any]
EVENT_KEYS = [
    "action", "actor", "alg", "at", "changes", "content", "deed", "facts", "log", "outcome", "prev", "reason", "region",
    "region_seq", "request", "seq", "thing", "v",
]  # fmt: skip
MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}\.[0-9]{6}Z")


def no(text: str) -> None:
    raise ValueError(text)


def is_event(value: Json, text: str) -> bool:
    plain = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    shaped = sorted(value) == EVENT_KEYS and (value["alg"], value["v"]) == ("sha256", 1)
    return bool(
        shaped
        and plain == text == unicodedata.normalize("NFC", text)
        and MOMENT.fullmatch(value["at"])
        and numbers_fit(value)
    )


def numbers_fit(value: Any) -> bool:
    if isinstance(value, dict):
        return all(key.isascii() for key in value) and all(map(numbers_fit, value.values()))
    if isinstance(value, list):
        return all(map(numbers_fit, value))
    return not isinstance(value, int) or -(2**53) < value < 2**53


def bytes_of(text: str) -> bytes:
    """Base64 in its one form: the spare bits of the last character must be nought, or two texts would say the same."""
    raw = base64.b64decode(text, validate=True)
    if base64.b64encode(raw).decode() != text:
        raise ValueError(text)
    return raw


def key(text: str) -> tuple[tuple[str, bytes], bytes]:
    name, short, body = text.split("+", 2)
    raw = bytes_of(body)
    digest = hashlib.sha256(name.encode() + b"\n" + raw).digest()[:4]
    if digest.hex() != short or raw[0] != 1:
        raise ValueError(text)
    return (name, digest), raw[1:]


def prefix(region: str) -> str:
    for width in (6, 9):
        if set(region[width:]) == {"0"}:
            return region[:width]
    return region


def day(text: str | None, more: int) -> str:
    if text is None:
        return ""
    moment = datetime.combine(date.fromisoformat(text) + timedelta(days=more), time(), CHINA)
    return f"{moment.astimezone(timezone.utc):%Y-%m-%dT%H:%M:%S.%fZ}"  # noqa: UP017


def covered(held: dict[int, str], last: int, first: str, end: str) -> bool:
    """Whether numbers 1..last can be cut into: earlier, all held inside the period, later."""
    inside = sorted(n for n, at in held.items() if first <= at and (not end or at < end) and n <= last)
    if inside:
        low, high = inside[0], inside[-1]
        if inside != list(range(low, high + 1)):
            return False
    else:
        low = max((n for n, at in held.items() if at < first and n <= last), default=0) + 1
        high = low - 1
    begins = low == 1 or (low - 1 in held and held[low - 1] < first)
    ends = high == last or (high + 1 in held and bool(end) and held[high + 1] >= end)
    return begins and ends


def unlike(told: Json, row: Json, defaults: Json) -> list[str]:
    unlike = []
    for column in sorted({*told, *row}):
        one, other = told.get(column, defaults.get(column)), row.get(column)
        if isinstance(one, dict):
            one = one.get("sha256", one)
        if isinstance(other, dict):
            other = other.get("sha256", other)
        if type(one) is not type(other) or one != other:
            unlike.append(column)
    return unlike
