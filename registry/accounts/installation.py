"""Whether this is a demo, and the one-time code of the first-run page."""

import hmac
import secrets

from flask import g, has_app_context

from registry.accounts.models import Installation
from registry.accounts.sessions import token_hash
from registry.database import db

DEMO = "demo"
SETUP_CODE = "setup_code"


def remember(name: str, value: str) -> None:
    """Keep a value under a name; inside a transaction."""
    row = db.session.get(Installation, name)
    if row is None:
        db.session.add(Installation(name=name, value=value))
    else:
        row.value = value


def recall(name: str) -> str:
    """Return a kept value, empty if there is none."""
    row = db.session.get(Installation, name)
    return row.value if row else ""


def is_demo() -> bool:
    """Say whether the data are the demo county's; asked once per request."""
    if not has_app_context():
        return False
    if "is_demo" not in g:
        g.is_demo = recall(DEMO) == "1"
    return bool(g.is_demo)


def new_setup_code() -> str:
    """Make the one-time code that opens the first-run page; inside a transaction. Only its digest is kept."""
    code = secrets.token_hex(8)
    remember(SETUP_CODE, token_hash(code))
    return code


def setup_code_is(code: str) -> bool:
    """Check the one-time code of the first-run page."""
    kept = recall(SETUP_CODE)
    return bool(kept) and hmac.compare_digest(kept, token_hash(code.strip()))
