"""Checkpoints: the size and root of a log, signed, in the C2SP signed-note form that paper and files can carry.

A note is a body, a blank line, and one line per signature: ``— <key name> <base64(key hash ‖ Ed25519 signature)>``.
"""

import base64
import binascii
import re
from collections.abc import Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from registry.errors import RegistryError
from registry.text import N_

ED25519 = b"\x01"
KEY_HASH_BYTES = 4
SIGNATURE_BYTES = 64
MAX_SIGNATURES = 16

_MARK = "— "
_PRIVATE = "PRIVATE+KEY+"
_ORIGIN = re.compile(r"fpa/(?P<installation>[!-~]+)/(?P<log>[1-9][0-9]{0,11})")
_SIZE = re.compile(r"0|[1-9][0-9]{0,15}")
_NAME = re.compile(r"[^\s+]+")


class NotANote(RegistryError):
    """The text is no signed checkpoint."""

    message = N_("这不是检查点文本，或文本已残缺。")


class NotAKey(RegistryError):
    """The text is no Ed25519 key in signed-note form."""

    message = N_("这不是检查点公钥或私钥文本。")


class NoKnownSignature(RegistryError):
    """No given key has signed the checkpoint."""

    message = N_("检查点上没有已知公钥的签名。")


class ForgedSignature(RegistryError):
    """A known key's signature does not fit the checkpoint."""

    message = N_("检查点上“%(name)s”的签名不成立。")


@dataclass(frozen=True)
class Checkpoint:
    """What is signed: whose log, how many events, and the root over them."""

    origin: str
    size: int
    root: bytes

    def body(self) -> str:
        """Return the text that is signed, final newline included."""
        return f"{self.origin}\n{self.size}\n{_base64(self.root)}\n"

    @property
    def log_id(self) -> int:
        """The log named at the end of the origin."""
        return int(self.origin.rpartition("/")[2])


@dataclass(frozen=True)
class Signature:
    """One signature line, not yet checked."""

    name: str
    key_hash: bytes
    value: bytes


@dataclass(frozen=True)
class VerifierKey:
    """A public key with the name it signs under; its text form is ``<name>+<hex hash>+<base64(0x01 ‖ key)>``."""

    name: str
    public: bytes

    def __str__(self) -> str:
        return f"{self.name}+{self.key_hash.hex()}+{_base64(ED25519 + self.public)}"

    @property
    def key_hash(self) -> bytes:
        """The first four bytes of SHA-256(name ‖ newline ‖ type ‖ key), by which a signature line names its key."""
        return sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:KEY_HASH_BYTES]

    @classmethod
    def of(cls, key: Ed25519PrivateKey, name: str) -> Self:
        """Return the public half of a signing key."""
        if not _NAME.fullmatch(name):
            raise NotAKey
        return cls(name, key.public_key().public_bytes_raw())

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read the text form; raises NotAKey."""
        name, _, rest = text.partition("+")
        key_hash, _, material = rest.partition("+")
        key = cls(name, _key_bytes(material))
        if not _NAME.fullmatch(name) or key_hash != key.key_hash.hex():
            raise NotAKey
        return key

    def has_signed(self, body: str, signature: Signature) -> bool:
        """Tell whether the signature is this key's over the body."""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature.value, body.encode())
        except InvalidSignature:
            return False
        return True


def origin(installation: str, log_id: int) -> str:
    """Return the first line of every checkpoint of one log; raises NotANote for a name that cannot stand there."""
    text = f"fpa/{installation}/{log_id}"
    if not _ORIGIN.fullmatch(text):
        raise NotANote
    return text


def private_key_text(key: Ed25519PrivateKey, name: str) -> str:
    """Return the text form of a signing key, to be kept outside the database."""
    public = VerifierKey.of(key, name)
    return f"{_PRIVATE}{name}+{public.key_hash.hex()}+{_base64(ED25519 + key.private_bytes_raw())}"


def parse_private_key(text: str) -> tuple[Ed25519PrivateKey, str]:
    """Read a signing key and its name; raises NotAKey."""
    name, _, rest = text.removeprefix(_PRIVATE).partition("+")
    key_hash, _, material = rest.partition("+")
    key = Ed25519PrivateKey.from_private_bytes(_key_bytes(material))
    if not text.startswith(_PRIVATE) or key_hash != VerifierKey.of(key, name).key_hash.hex():
        raise NotAKey
    return key, name


def sign(note: str, key: Ed25519PrivateKey, name: str) -> str:
    """Return the body as a signed note, or the signed note with one more signature."""
    body, blank, signatures = note.partition("\n\n")
    body = body + "\n" if blank else body
    value = VerifierKey.of(key, name).key_hash + key.sign(body.encode())
    return f"{body}\n{signatures}{_MARK}{name} {_base64(value)}\n"


def parse(note: str) -> tuple[Checkpoint, tuple[Signature, ...]]:
    """Read a note without checking its signatures; raises NotANote."""
    body, blank, tail = note.partition("\n\n")
    lines = tail.split("\n")
    if not blank or lines.pop() or not 0 < len(lines) <= MAX_SIGNATURES:
        raise NotANote
    return _parse_body(body), tuple(_parse_signature(line) for line in lines)


def verify(note: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """Return the checkpoint once a known key has signed it and no known key's signature is false.

    Raises NotANote, NoKnownSignature, ForgedSignature; signatures of unknown keys are passed over.
    """
    checkpoint, signatures = parse(note)
    known = {(key.name, key.key_hash): key for key in keys}
    signers = [(known.get((signature.name, signature.key_hash)), signature) for signature in signatures]
    for key, signature in signers:
        if key and not key.has_signed(checkpoint.body(), signature):
            raise ForgedSignature(name=key.name)
    if not any(key for key, _ in signers):
        raise NoKnownSignature
    return checkpoint


def _parse_body(body: str) -> Checkpoint:
    lines = body.split("\n")
    if len(lines) != 3 or not _ORIGIN.fullmatch(lines[0]) or not _SIZE.fullmatch(lines[1]):
        raise NotANote
    root = _unbase64(lines[2])
    if len(root) != sha256().digest_size:
        raise NotANote
    return Checkpoint(lines[0], int(lines[1]), root)


def _parse_signature(line: str) -> Signature:
    name, _, value = line.removeprefix(_MARK).partition(" ")
    raw = _unbase64(value)
    if not line.startswith(_MARK) or not _NAME.fullmatch(name) or len(raw) != KEY_HASH_BYTES + SIGNATURE_BYTES:
        raise NotANote
    return Signature(name, raw[:KEY_HASH_BYTES], raw[KEY_HASH_BYTES:])


def _key_bytes(material: str) -> bytes:
    try:
        raw = _unbase64(material)
    except NotANote as error:
        raise NotAKey from error
    if len(raw) != 33 or raw[:1] != ED25519:
        raise NotAKey
    return raw[1:]


def _base64(raw: bytes) -> str:
    return base64.b64encode(raw).decode()


def _unbase64(text: str) -> bytes:
    """Read base64 in its one strict form, so that no two texts stand for the same bytes."""
    try:
        raw = base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError) as error:
        raise NotANote from error
    if _base64(raw) != text:
        raise NotANote
    return raw
