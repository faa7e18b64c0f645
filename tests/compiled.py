"""What a worker compiles once for all its applications: templates and statements, which hold no test's data."""

from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.util import LRUCache

from registry.database import db


class Templates(BytecodeCache):
    """Compiled templates by name and file; Jinja compares the digest of the source before it takes one."""

    def __init__(self) -> None:
        self._kept: dict[str, bytes] = {}

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self._kept:
            bucket.bytecode_from_string(self._kept[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self._kept[bucket.key] = bucket.bytecode_to_string()


class Statements(LRUCache[tuple[Any, ...], Compiled]):
    """Compiled statements of one kind of database; SQLAlchemy puts the dialect first, of which each engine has one."""

    def get(self, key: tuple[Any, ...], default: Any = None) -> Any:
        return super().get(key[1:], default)

    def __setitem__(self, key: tuple[Any, ...], compiled: Compiled) -> None:
        super().__setitem__(key[1:], compiled)


_TEMPLATES = Templates()
_STATEMENTS = {name: Statements(1500) for name in ("sqlite", "postgresql")}


def share_compiled(app: Flask) -> None:
    """Let an application find what an earlier one of this worker has compiled."""
    app.jinja_env.bytecode_cache = _TEMPLATES
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=_STATEMENTS[db.engine.dialect.name])
