"""What a worker compiles once for all its applications: addresses, templates, statements, which hold no test's data."""

from typing import Any

from flask import Flask
from jinja2.bccache import Bucket, BytecodeCache
from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.util import LRUCache

from registry.addresses import LateRule
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


#: What compiling leaves on a rule: what is read of an address, and the methods that write one.
_READ, _BUILT = ("_parts", "_trace", "_converters", "arguments"), ("_build", "_build_unknown")


class Rules:
    """Compiled addresses: what a rule says is read and written the same way in every application."""

    def __init__(self) -> None:
        self._kept: dict[tuple[object, ...], dict[str, Any]] = {}
        self._compile = LateRule.compile

    def compile(self, rule: LateRule) -> None:
        """Compile an address, or take what an earlier application of this worker compiled of the same."""
        defaults = tuple(sorted((rule.defaults or {}).items()))
        key = (rule.rule, rule.subdomain, rule.host, rule.merge_slashes, rule.strict_slashes, rule.is_leaf, defaults)
        if key not in self._kept:
            self._compile(rule)
            self._kept[key] = {name: getattr(rule, name) for name in _READ + _BUILT}
            return
        for name, value in self._kept[key].items():
            setattr(rule, name, value.__func__.__get__(rule) if name in _BUILT else value)


_RULES = Rules()


def _compile_once(rule: LateRule) -> None:
    _RULES.compile(rule)


LateRule.compile = _compile_once  # type: ignore[method-assign]
_TEMPLATES = Templates()
_STATEMENTS = {name: Statements(1500) for name in ("sqlite", "postgresql")}


def share_compiled(app: Flask) -> None:
    """Let an application find what an earlier one of this worker has compiled."""
    app.jinja_env.bytecode_cache = _TEMPLATES
    with app.app_context():
        db.engine.update_execution_options(compiled_cache=_STATEMENTS[db.engine.dialect.name])
