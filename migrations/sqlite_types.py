"""STRICT tables know five type names only; the same mapping as the application's, kept apart so that history stands."""

from typing import Any

from sqlalchemy import BigInteger, Boolean, Date, DateTime, Integer, LargeBinary, String, Text
from sqlalchemy.ext.compiler import compiles


def _name(name: str) -> Any:
    return lambda _type, _compiler, **_options: name


for _type, _text in (
    (BigInteger, "INTEGER"), (Integer, "INTEGER"), (Boolean, "INTEGER"), (Date, "TEXT"), (DateTime, "TEXT"),
    (LargeBinary, "BLOB"), (String, "TEXT"), (Text, "TEXT"),
):  # fmt: skip
    compiles(_type, "sqlite")(_name(_text))
