"""Who may enter the pages and resources of receipts and arrears."""

from registry.permissions import Role

ROUTES: dict[str, frozenset[Role | None]] = {}
