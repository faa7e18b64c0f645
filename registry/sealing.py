"""Sealed personal data: AES-256-GCM bound to table, row and column, keyed blind index for exact look-up, masks."""

import base64
import hashlib
import hmac
import os

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from registry import config
from registry.errors import Forbidden
from registry.text import N_

KEY_ID = "k1"
_NONCE = 12
#: How many people a person may see unmasked in a day: enough for a field check, too few to copy a register.
REVEALS_A_DAY = 20


class TooManyReveals(Forbidden):
    """Whoever needs more than this in a day is copying, not checking."""

    message = N_("今天查看未遮盖的个人信息已满 %(most)s 次，请明天再办。")


def seal(plain: str, *, table: str, row: str, column: str) -> str:
    """Return the sealed text that is stored: key id, nonce and ciphertext, useless in any other cell."""
    nonce = os.urandom(_NONCE)
    sealed = AESGCM(_key("seal.key")).encrypt(nonce, plain.encode(), _place(table, row, column))
    return f"{KEY_ID}:{base64.b64encode(nonce + sealed).decode('ascii')}"


def unseal(stored: str, *, table: str, row: str, column: str) -> str:
    """Return the plain text of a sealed cell; raises InvalidTag if it was moved or altered."""
    _, _, body = stored.partition(":")
    raw = base64.b64decode(body)
    return AESGCM(_key("seal.key")).decrypt(raw[:_NONCE], raw[_NONCE:], _place(table, row, column)).decode()


def blind_index(plain: str) -> str:
    """Return the keyed digest by which a sealed value is found again without being readable."""
    return hmac.new(_key("index.key"), plain.encode(), hashlib.sha256).hexdigest()


def masked_id(number: str) -> str:
    """Show the last four characters of an identity or account number."""
    return "*" * max(len(number) - 4, 0) + number[-4:]


def masked_phone(number: str) -> str:
    """Show the first three and last four digits of a telephone number."""
    return f"{number[:3]}****{number[-4:]}" if len(number) >= 7 else "*" * len(number)


def masked_name(name: str) -> str:
    """Return a person's name as notices show it: the family name and stars."""
    return name[:1] + "*" * max(len(name) - 1, 1)


def check_reveals(done_today: int) -> None:
    """Raise TooManyReveals if a person has seen as many people unmasked today as a day allows."""
    if done_today >= REVEALS_A_DAY:
        raise TooManyReveals(most=REVEALS_A_DAY)


def _key(name: str) -> bytes:
    return config.secret(config.current(), name)


def _place(table: str, row: str, column: str) -> bytes:
    return f"{table}\x1f{row}\x1f{column}".encode()
