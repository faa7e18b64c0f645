"""Who may enter the pages and resources of contracts, dues and equity."""

from registry.permissions import Role

ROUTES: dict[str, frozenset[Role | None]] = {}
