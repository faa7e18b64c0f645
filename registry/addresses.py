"""Addresses: what a number in one may be, and building that is written when it is first wanted.

A process builds few of the hundreds of addresses that it answers.
"""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import IntegerConverter, Map, Rule

from registry.codes import MOST_ROW

Builder = Callable[..., tuple[str, str]]


class RowNumber(IntegerConverter):
    """The number of a row in an address; one that no row can bear is no address of ours.

    A database that is asked for a number beyond its own limit breaks instead of saying no.
    """

    def __init__(self, map: Map, **limits: Any) -> None:  # noqa: A002 - as werkzeug calls it
        super().__init__(map, **{"max": MOST_ROW, **limits})


class LateRule(Rule):
    """A rule that compiles its two functions of building (url_for) at their first use, not when it is bound."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - as werkzeug declares it
        write, built = super()._compile_builder, list[Builder]()

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not built:
                built.append(write(append_unknown))
            return built[0](rule, **values)

        return build
