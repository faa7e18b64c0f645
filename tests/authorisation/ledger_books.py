"""Who may enter the pages and resources of the books."""

from registry.permissions import Role

ROUTES: dict[str, frozenset[Role | None]] = {}
