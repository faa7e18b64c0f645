"""Argon2id hashes, the list of common passwords, and one-time codes. Slow on purpose: call outside a transaction."""

import secrets
import threading
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from argon2.profiles import RFC_9106_LOW_MEMORY

from registry import config

_HASHER = PasswordHasher.from_parameters(RFC_9106_LOW_MEMORY)
#: At most two hashes at a time in a process: each takes 64 MiB.
_TURNS = threading.BoundedSemaphore(2)
#: Letters and digits that cannot be mistaken for one another when read from paper.
_READABLE = "abcdefghjkmnpqrstuvwxyz23456789"


def hash_password(password: str) -> str:
    """Return the Argon2id hash of a password."""
    with _TURNS:
        return _HASHER.hash(password)


def password_matches(stored: str, password: str) -> bool:
    """Check a password; an unknown user is checked against a dummy, so that both take the same time."""
    with _TURNS:
        try:
            return _HASHER.verify(stored or _dummy(), password) and bool(stored)
        except (VerifyMismatchError, InvalidHashError):
            return False


@cache
def _dummy() -> str:
    return _HASHER.hash(secrets.token_hex(16))


@cache
def common_passwords() -> frozenset[str]:
    """Return the common passwords that are long enough to be tried."""
    return frozenset((config.PACKAGE / "data" / "common-passwords.txt").read_text("utf-8").split())


def readable_code() -> str:
    """Return a first password for a new or reset account: 16 characters in groups, used once."""
    return "-".join("".join(secrets.choice(_READABLE) for _ in range(4)) for _ in range(4))


def new_totp_secret() -> str:
    """Return a secret for a second factor app."""
    return pyotp.random_base32()


def totp_matches(secret: str, code: str) -> bool:
    """Check a six-digit code, one step of clock drift either way."""
    digits = code.replace(" ", "")
    return digits.isascii() and digits.isdigit() and pyotp.TOTP(secret).verify(digits, valid_window=1)


def totp_uri(secret: str, username: str, issuer: str) -> str:
    """Return the address that an authenticator app reads from a QR code."""
    return pyotp.TOTP(secret).provisioning_uri(name=username, issuer_name=issuer)
