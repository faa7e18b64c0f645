"""Addresses whose building is written when it is first wanted: a process builds few of the hundreds it answers."""

from collections.abc import Callable
from typing import Any

from werkzeug.routing import Rule

Builder = Callable[..., tuple[str, str]]


class LateRule(Rule):
    """A rule that compiles its two functions of building (url_for) at their first use, not when it is bound."""

    def _compile_builder(self, append_unknown: bool = True) -> Builder:  # noqa: FBT001, FBT002 - as werkzeug declares it
        write, built = super()._compile_builder, list[Builder]()

        def build(rule: Rule, /, **values: Any) -> tuple[str, str]:
            if not built:
                built.append(write(append_unknown))
            return built[0](rule, **values)

        return build
