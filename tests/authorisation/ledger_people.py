"""Who may enter the pages and resources of beneficiaries."""

from registry.permissions import Role

ROUTES: dict[str, frozenset[Role | None]] = {}
