"""Checkpoints as signed notes."""

import base64

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from registry.audit.checkpoint import (
    Checkpoint,
    ForgedSignature,
    NoKnownSignature,
    NotAKey,
    NotANote,
    VerifierKey,
    origin,
    parse,
    parse_private_key,
    private_key_text,
    sign,
    verify,
)
from tests.audit.vectors import COUNTY, KEY, NOTE, NOTE_KEY, NOTE_PRIVATE, NOTE_TEXT, SERVICE

CHECKPOINT = Checkpoint(origin("test", COUNTY), 1000, bytes(range(32)))
AUDITOR = Ed25519PrivateKey.from_private_bytes(b"a" * 32)
AUDITOR_KEY = VerifierKey.of(AUDITOR, "audit-administrator")
SIGNED = sign(CHECKPOINT.body(), SERVICE, KEY.name)


def test_the_published_note_is_signed_byte_for_byte() -> None:
    key, name = parse_private_key(NOTE_PRIVATE)
    assert sign(NOTE_TEXT, key, name) == NOTE
    assert str(VerifierKey.of(key, name)) == NOTE_KEY
    assert private_key_text(key, name) == NOTE_PRIVATE


def test_the_body_is_origin_size_and_root() -> None:
    root = base64.b64encode(bytes(range(32))).decode()
    assert CHECKPOINT.body() == f"fpa/test/{COUNTY}\n1000\n{root}\n"
    assert CHECKPOINT.log_id == COUNTY


def test_a_signed_checkpoint_is_read_and_verified() -> None:
    checkpoint, signatures = parse(SIGNED)
    assert checkpoint == CHECKPOINT
    assert [signature.name for signature in signatures] == [KEY.name]
    assert verify(SIGNED, [KEY]) == CHECKPOINT


def test_the_audit_administrator_countersigns() -> None:
    both = sign(SIGNED, AUDITOR, AUDITOR_KEY.name)
    assert both.startswith(SIGNED)
    assert verify(both, [AUDITOR_KEY]) == verify(both, [KEY]) == verify(both, [KEY, AUDITOR_KEY]) == CHECKPOINT


def test_a_signature_of_an_unknown_key_proves_nothing() -> None:
    with pytest.raises(NoKnownSignature):
        verify(SIGNED, [AUDITOR_KEY])
    with pytest.raises(NoKnownSignature):
        verify(SIGNED, [])


def test_a_changed_size_breaks_the_signature() -> None:
    with pytest.raises(ForgedSignature):
        verify(SIGNED.replace("\n1000\n", "\n1001\n"), [KEY])


def test_a_false_signature_of_a_known_key_is_not_excused_by_a_good_one() -> None:
    other = sign(Checkpoint(CHECKPOINT.origin, 999, CHECKPOINT.root).body(), AUDITOR, AUDITOR_KEY.name)
    line = other.split("\n\n")[1]
    with pytest.raises(ForgedSignature):
        verify(SIGNED + line, [KEY, AUDITOR_KEY])
    assert verify(SIGNED + line, [KEY]) == CHECKPOINT


def test_no_byte_of_a_note_can_be_changed_unseen() -> None:
    raw = SIGNED.encode()
    for place in range(len(raw)):
        changed = (raw[:place] + bytes([raw[place] ^ 1]) + raw[place + 1 :]).decode("utf-8", "replace")
        with pytest.raises((NotANote, ForgedSignature, NoKnownSignature)):
            verify(changed, [KEY])


@pytest.mark.parametrize(
    "note",
    ["", "\n", CHECKPOINT.body(), SIGNED.rstrip("\n"), SIGNED + "\n",
     SIGNED.replace("\n\n", "\nextra\n\n"), SIGNED.replace("—", "-"),
     SIGNED.replace("fpa/", "other/"), SIGNED.replace("\n1000\n", "\n01000\n"), SIGNED.replace("\n", "\r\n"), NOTE],
)  # fmt: skip
def test_what_is_not_a_signed_checkpoint_is_refused(note: str) -> None:
    with pytest.raises(NotANote):
        parse(note)


@pytest.mark.parametrize("installation", ["", "a b", "a\nb", "酉阳"])
def test_an_installation_name_that_would_break_the_form_is_refused(installation: str) -> None:
    with pytest.raises(NotANote):
        origin(installation, COUNTY)


def test_no_piece_of_a_key_text_is_a_key() -> None:
    for end in range(len(NOTE_KEY)):
        with pytest.raises(NotAKey):
            VerifierKey.parse(NOTE_KEY[:end])
    assert str(VerifierKey.parse(NOTE_KEY)) == NOTE_KEY


@pytest.mark.parametrize(
    "text", [NOTE_KEY.replace("c74f20a3", "c74f20a4"), NOTE_KEY.replace("Peter", "Pete"), NOTE_PRIVATE]
)
def test_a_key_text_that_does_not_fit_its_hash_is_refused(text: str) -> None:
    with pytest.raises(NotAKey):
        VerifierKey.parse(text)


@pytest.mark.parametrize("text", ["", NOTE_KEY, NOTE_PRIVATE[:-1], NOTE_PRIVATE.replace("c74f20a3", "00000000")])
def test_a_broken_private_key_text_is_refused(text: str) -> None:
    with pytest.raises(NotAKey):
        parse_private_key(text)
