"""The service's signing key and the names under which logs are signed."""

import base64

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry import config
from registry.audit import checkpoint
from registry.audit.checkpoint import VerifierKey, verify
from registry.config import Settings, secret
from registry.errors import RegistryError


def installation(settings: Settings) -> str:
    """Return the random name of this installation, part of every log's origin."""
    return secret(settings, "installation", 8).hex()


def origin(settings: Settings, log_id: int) -> str:
    """Return the origin line of a log's checkpoints; it is the key's name too."""
    return checkpoint.origin(installation(settings), log_id)


def service_key(settings: Settings) -> Ed25519PrivateKey:
    """Return the key that signs checkpoints; it lies outside the database."""
    return Ed25519PrivateKey.from_private_bytes(secret(settings, "checkpoint.key"))


def service_verifier(settings: Settings, log_id: int) -> str:
    """Return the public half in its text form, to be kept by whoever wants to verify."""
    return str(VerifierKey.of(service_key(settings), origin(settings, log_id)))


def fingerprint(settings: Settings) -> str:
    """Return a short form of the public key for reading aloud."""
    return base64.b32encode(service_key(settings).public_key().public_bytes_raw()).decode()[:16]


def is_signed_here(note: str, log_id: int) -> bool:
    """Say whether this service's own key signed a checkpoint of a log."""
    settings = config.current()
    name = origin(settings, log_id)
    try:
        return verify(note, [VerifierKey.of(service_key(settings), name)]).origin == name
    except RegistryError:
        return False
