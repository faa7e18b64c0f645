"""Fields and schemas of the API: strict, limited in length, money as text. Knows marshmallow and nothing of Flask."""

import json
import re
from datetime import date
from typing import Any

from marshmallow import RAISE, Schema, ValidationError, fields, validate

from registry.codes import MOST_ROW
from registry.money import MAX_FEN, parse_fen, plain_yuan
from registry.text import Labelled

MOST_AT_ONCE = 200
LAST_YEAR = 2999
USUAL_AT_ONCE = 50
#: What a whole number of the database and of every JSON reader holds.
_AMOUNT = re.compile(r"-?(?:0|[1-9][0-9]{0,13})\.[0-9]{2}")
AMOUNT_PATTERN = r"^-?(0|[1-9][0-9]{0,13})\.[0-9]{2}$"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
CODE_PATTERN = r"^[0-9]{12}$"


class Strict(Schema):
    """A schema that refuses names it does not know."""

    class Meta:
        unknown = RAISE


class Money(fields.Field[int]):
    """Fen inside, ``"1234.50"`` outside: never a number, which readers hold as a double."""

    def _serialize(self, value: int | None, attr: str | None, obj: Any, **_: Any) -> str | None:
        return None if value is None else plain_yuan(value)

    def _deserialize(self, value: Any, attr: str | None, data: Any, **_: Any) -> int:
        if not isinstance(value, str) or not _AMOUNT.fullmatch(value):
            raise ValidationError("Not an amount.")
        fen = parse_fen(value)
        if abs(fen) > MAX_FEN:
            raise ValidationError("Not an amount.")
        return fen


class JsonPart(fields.Nested):
    """A part of a multipart body that is JSON itself, beside the files."""

    def deserialize(self, value: Any, *args: Any, **options: Any) -> Any:
        if isinstance(value, str):
            try:
                value = json.loads(value)
            except (ValueError, RecursionError) as error:
                raise ValidationError("Invalid JSON body.") from error
        return super().deserialize(value, *args, **options)


def no_control_characters(text: str) -> None:
    """Refuse what no one can type and no database keeps."""
    if _CONTROL.search(text):
        raise ValidationError("Control characters.")


def text(most: int, *, needed: bool = False, least: int = 0, **options: Any) -> fields.String:
    """Return a field of text of limited length."""
    length = validate.Length(min=least or None, max=most)
    return fields.String(required=needed, validate=[length, no_control_characters], **options)


def code(*, needed: bool = False, **options: Any) -> fields.String:
    """Return a field for a unit's 12-digit code."""
    pattern = validate.Regexp(CODE_PATTERN, flags=re.ASCII, error="Length must be 12.")
    return fields.String(required=needed, validate=[validate.Length(equal=12), pattern], **options)


def choice(kind: type[Labelled], *, empty: bool = False, needed: bool = False, **options: Any) -> fields.String:
    """Return a field that holds one of an enum's codes, or nothing where nothing may be said."""
    codes = [member.value for member in kind]
    words = "；".join(f"{member.value} {member.label}" for member in kind)
    return fields.String(
        required=needed,
        validate=validate.OneOf(["", *codes] if empty else codes),
        metadata={"description": words},
        **options,
    )


def whole(least: int, most: int, *, needed: bool = False, **options: Any) -> fields.Integer:
    """Return a field for a whole number within bounds."""
    return fields.Integer(required=needed, strict=True, validate=validate.Range(least, most), **options)


def row_id(*, needed: bool = False, **options: Any) -> fields.Integer:
    """Return a field for the number of a row; one that need not be named is None where it is not."""
    unnamed: dict[str, Any] = {} if needed else {"load_default": None, "allow_none": True}
    return whole(1, MOST_ROW, needed=needed, **(unnamed | options))


def seen_version() -> fields.Integer:
    """Return a field for the version of a row on which a deed rests, as the caller read it."""
    return whole(1, 10**12, needed=True)


def _day_in_bounds(value: date) -> None:
    if value.year > LAST_YEAR:
        raise ValidationError(f"Must be less than {LAST_YEAR + 1}.")


def day(*, needed: bool = False, **options: Any) -> fields.Date:
    """Return a field for a day from which terms may be counted: one with days after it."""
    return fields.Date(required=needed, validate=_day_in_bounds, **options)


class PageArguments(Strict):
    """Where a list goes on, and how far."""

    after = text(400, metadata={"description": "上一页 Link 头里给出的位置"})
    # Not strict: a query knows text only.
    limit = fields.Integer(load_default=USUAL_AT_ONCE, validate=validate.Range(1, MOST_AT_ONCE))


class Fault(Strict):
    """One thing that is wrong with what was sent."""

    pointer = fields.String(required=True)
    detail = fields.String(required=True)
    code = fields.String(required=True)


class Problem(Strict):
    """Why a call was refused (RFC 9457)."""

    type = fields.String(required=True)
    title = fields.String(required=True)
    status = fields.Integer(required=True)
    detail = fields.String(required=True)
    instance = fields.String(required=True)
    errors = fields.List(fields.Nested(Fault))


class Remark(Strict):
    """What is said of a deed that needs no reason."""

    reason = text(500, load_default="")


class Reason(Strict):
    """Why something is done."""

    reason = text(500, needed=True, least=1)


def listed(schema: type[Schema]) -> type[Schema]:
    """Return the schema of a page of a list."""
    page = Schema.from_dict({"items": fields.List(fields.Nested(schema), required=True)}, name=f"{schema.__name__}Page")
    page.__module__ = schema.__module__
    return page
