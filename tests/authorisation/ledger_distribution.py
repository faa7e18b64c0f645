"""Who may enter the pages and resources of plans and payout."""

from registry.permissions import Role

ROUTES: dict[str, frozenset[Role | None]] = {}
