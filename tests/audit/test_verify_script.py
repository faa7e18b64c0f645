"""The standalone verifier as a file: exit codes, only the standard library, signatures and canonical JSON."""

import ast
import hashlib
import json
import subprocess
import sys
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from hypothesis import given, settings
from hypothesis import strategies as st

from registry.audit import verify_audit
from registry.audit.canonical import NotCanonical, decode
from registry.audit.verify_audit import is_signed
from tests.audit.forging import KEYS, LAST, TRAIL, attack
from tests.audit.vectors import COUNTY, recorded

SCRIPT = Path(verify_audit.__file__)


def _run(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-I", str(SCRIPT), *map(str, arguments)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=False)


def test_the_script_alone_answers_with_text_json_and_exit_codes(database: Path, tmp_path: Path) -> None:
    note = tmp_path / "paper.txt"
    note.write_text(LAST + "---\n" + TRAIL.note(COUNTY, 90), encoding="utf-8")
    sound = _run(database, "--key", KEYS[0], "--checkpoint", note)
    assert (sound.returncode, "未发现篡改" in sound.stdout) == (0, True)
    attack(database, "DELETE FROM trail_event WHERE log_id = 500240 AND seq = 5")
    found = json.loads(_run(database, "--key", KEYS[0], "--json", "--log", "500240").stdout)
    assert (found["code"], found["first_bad"]) == (1, {"500240": 5})
    assert _run(database, "--key", KEYS[0]).returncode == 1
    assert _run(tmp_path / "none").returncode == 2
    assert [
        _run().returncode,
        _run(database, "--what").returncode,
        _run(database, "--checkpoint", "none").returncode,
    ] == [3] * 3


def test_the_script_imports_only_the_standard_library_and_parses_as_python_3_8() -> None:
    tree = ast.parse(SCRIPT.read_text(encoding="utf-8"), feature_version=(3, 8))
    names = {
        alias.name.split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names
    }
    names |= {str(node.module).split(".")[0] for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    assert names <= sys.stdlib_module_names


@settings(max_examples=40, deadline=None)
@given(st.binary(min_size=32, max_size=32), st.binary(max_size=200), st.integers(0, 511))
def test_signatures_are_judged_as_cryptography_judges_them(seed: bytes, message: bytes, bit: int) -> None:
    key = Ed25519PrivateKey.from_private_bytes(seed)
    public, signature = key.public_key().public_bytes_raw(), key.sign(message)
    assert is_signed(public, message, signature)
    assert not is_signed(public, message + b"x", signature)
    flipped = (int.from_bytes(signature, "little") ^ 1 << bit).to_bytes(64, "little")
    assert not is_signed(public, message, flipped)
    # The same point with s + order is no second signature.
    higher = (int.from_bytes(signature[32:], "little") + verify_audit.ORDER).to_bytes(32, "little")
    assert not is_signed(public, message, signature[:32] + higher)


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.integers(2**53 - 2, 2**53) | st.text(max_size=6) | st.floats(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
)


@settings(max_examples=300)
@given(st.dictionaries(st.text('ab:"é', max_size=2), VALUES, max_size=4), st.booleans(), st.booleans(), st.booleans())
def test_the_quick_look_agrees_with_the_product_on_spellings(
    value: dict[str, object], sort: bool, ascii_only: bool, tight: bool
) -> None:
    separators = (",", ":") if tight else None
    _agree(json.dumps(value, sort_keys=sort, ensure_ascii=ascii_only, separators=separators))


@settings(max_examples=300)
@given(
    st.text(alphabet='{}[]",:-0123456789 \\netrulfasé\u0301资\t\n', max_size=40), st.integers(0, 6), st.integers(0, 6)
)
def test_the_quick_look_agrees_with_the_product_on_odd_texts(text: str, start: int, cut: int) -> None:
    base = '{"a":[1,-5,"资"],"b":{"c":null}}'
    for odd in (text, f'{{"a":{text}}}', f'{{"a":"{text}"}}', base[: start * 5] + text[:cut] + base[start * 5 :]):
        _agree(odd)


def _agree(text: str) -> None:
    try:
        raw = text.encode()
        value = verify_audit.DECODE(text)
        quick = isinstance(value, dict) and verify_audit.is_canonical(raw, text, value)
    except ValueError:
        quick = False
    try:
        product = isinstance(decode(text), dict)
    except NotCanonical:
        product = False
    assert quick == product, text


def test_a_stored_value_is_recorded_by_digest_when_sealed_or_binary() -> None:
    assert recorded("photo", b"x") == {"sha256": hashlib.sha256(b"x").hexdigest()}
