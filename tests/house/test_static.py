"""Rules of the house for static files: locked, legible to old browsers, small."""

import gzip
import hashlib
import re
from collections.abc import Callable
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
STATIC = ROOT / "registry" / "static"
VENDOR = STATIC / "vendor"
APP_CSS = STATIC / "css" / "app.css"
APP_JS = STATIC / "js" / "app.js"
COUNTING_JS = STATIC / "js" / "counting.js"
BOOTSTRAP = VENDOR / "bootstrap-5.3.9" / "bootstrap.min.css"
HTMX = VENDOR / "htmx.org-4.0.1" / "htmx.min.js"
LOCK = [line.split() for line in (VENDOR / "vendor.lock").read_text("utf-8").splitlines()]

NEW_CSS = (
    ":has(",
    "color-mix(",
    "@layer",
    "@container",
    "light-dark(",
    "oklch(",
    "oklab(",
    "@property",
    "@scope",
)
NEW_JS = {
    "Array.at": r"\.at\(",
    "structuredClone": r"\bstructuredClone\b",
    "private field": r"(?:this|\w)\.#\w|^\s*#\w+\s*[=(;]",
    "top-level await": r"^await\b|^(?:const|let|var)\s.*=\s*await\b",
    "eval": r"\beval\(|\bnew Function\(",
    "logical assignment": r"\|\|=|&&=|\?\?=",
    "replaceAll": r"\.replaceAll\(",
    "inline HTML of a style": r"\.style\b",
}
#: The blues and greys of Bootstrap that fail the contrast test, and the rings drawn from them.
FAINT = re.compile(r"#0d6efd|#6c757d|#86b7fe|13, ?110, ?253|108, ?117, ?125", re.IGNORECASE)


def digest(path: Path) -> str:
    """Return the sha256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def without_comments(source: str) -> str:
    """Drop the comments of a style sheet or script."""
    return re.sub(r"/\*.*?\*/", "", source, flags=re.DOTALL)


def new_in_css(source: str) -> list[str]:
    """Return what a browser of 2020 does not know in a style sheet, nested rules included."""
    plain = without_comments(source)
    found = [word for word in NEW_CSS if word in plain]
    return found + (["nesting"] if is_nested(plain) else [])


def is_nested(plain: str) -> bool:
    """Tell whether a rule stands inside another that is not an at-rule."""
    stack: list[bool] = []
    for head, brace in re.findall(r"([^{}]*)([{}])", plain):
        if brace == "}":
            stack.pop()
            continue
        if stack and not stack[-1]:
            return True
        stack.append(head.rsplit(";", 1)[-1].strip().startswith("@"))
    return False


def new_in_js(source: str) -> list[str]:
    """Return what a browser of 2020, or the content policy, does not allow in a script."""
    plain = without_comments(source)
    return [name for name, pattern in NEW_JS.items() if re.search(pattern, plain, re.MULTILINE)]


def faint_classes() -> set[str]:
    """Return the Bootstrap classes whose rules carry a colour that fails the contrast test."""
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", BOOTSTRAP.read_text("utf-8"))
    heads = " ".join(head for head, body in rules if FAINT.search(body) and ":root" not in head)
    return set(re.findall(r"\.([a-z][\w-]*)", heads))


def served_size(path: Path) -> int:
    """Return the bytes on the wire: the compressed twin where there is one, else the file itself."""
    twin = path.with_name(path.name + ".gz")
    return (twin if twin.exists() else path).stat().st_size


@pytest.mark.parametrize(("name", "version", "path", "sha256"), LOCK)
def test_every_vendored_file_is_the_locked_one(name: str, version: str, path: str, sha256: str) -> None:
    assert digest(STATIC / path) == sha256
    assert path == "icons.svg" or path.startswith(f"vendor/{name}-{version}/")


def test_no_vendored_file_is_outside_the_lock() -> None:
    present = {p.relative_to(STATIC).as_posix() for p in VENDOR.rglob("*") if p.is_file() and p.suffix != ".gz"}
    assert present - {"vendor/vendor.lock"} == {line[2] for line in LOCK} - {"icons.svg"}


def test_every_package_comes_with_its_licence() -> None:
    assert all((folder / "LICENSE").is_file() for folder in VENDOR.iterdir() if folder.is_dir())


def test_every_compressed_twin_holds_the_same_content() -> None:
    twins = list(STATIC.rglob("*.gz"))
    assert twins
    assert all(gzip.decompress(twin.read_bytes()) == twin.with_suffix("").read_bytes() for twin in twins)


@pytest.mark.parametrize("path", [APP_CSS, BOOTSTRAP], ids=lambda path: path.name)
def test_style_sheets_hold_nothing_that_an_old_browser_does_not_know(path: Path) -> None:
    assert new_in_css(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", [APP_JS, COUNTING_JS], ids=lambda path: path.name)
def test_our_scripts_hold_nothing_that_an_old_browser_does_not_know(path: Path) -> None:
    assert new_in_js(path.read_text("utf-8")) == []


def test_every_faint_colour_of_bootstrap_on_a_page_is_replaced() -> None:
    pages = "".join(path.read_text("utf-8") for path in (ROOT / "templates").rglob("*.html"))
    words = set(re.findall(r"[\w-]+", " ".join(re.findall(r"class(?:_)?=[\"']([^\"']*)", pages))))
    css = APP_CSS.read_text("utf-8")
    assert {name for name in words & faint_classes() if f".{name}" not in css} == set()


def test_our_style_sheet_asks_nothing_of_another_host() -> None:
    assert "url(" not in APP_CSS.read_text("utf-8")
    assert "@import" not in APP_CSS.read_text("utf-8")


def test_our_own_files_stay_small() -> None:
    assert APP_CSS.stat().st_size <= 20 * 1024
    assert APP_JS.stat().st_size <= 6 * 1024
    assert COUNTING_JS.stat().st_size <= 6 * 1024


def test_there_are_at_most_three_scripts() -> None:
    assert len(list(STATIC.rglob("*.js"))) <= 3


def test_the_first_visit_costs_at_most_100_kb() -> None:
    first = (BOOTSTRAP, HTMX, APP_CSS, APP_JS, STATIC / "icons.svg", STATIC / "favicon.svg")
    page = 20 * 1024
    assert sum(served_size(path) for path in first) + page <= 100 * 1024


CONTROLS: tuple[tuple[Callable[[str], list[str]], str, str], ...] = (
    (new_in_css, "a:has(b){color:red}", "a:hover{color:red}"),
    (new_in_css, "@layer x{a{color:red}}", "@media print{a{color:red}}"),
    (new_in_css, "a{color:red;b{color:blue}}", "a{color:red}b{color:blue}/* @layer */"),
    (new_in_css, "a{color:oklch(1 1 1)}", "a{color:#fff;padding:0}"),
    (new_in_js, "a.at(-1)", "a[a.length - 1]"),
    (new_in_js, "const x = await fetch('/')", "go(async () => { await fetch('/'); })"),
    (new_in_js, "class A { #x = 1 }\nthis.#x", "'#x'"),
    (new_in_js, "eval('1')", "evaluate('1')"),
)


@pytest.mark.parametrize(("check", "wrong", "right"), CONTROLS)
def test_each_check_of_a_static_file_can_fail(check: Callable[[str], list[str]], wrong: str, right: str) -> None:
    assert check(wrong)
    assert check(right) == []


def test_the_search_for_faint_colours_finds_the_outlined_button() -> None:
    assert {"btn-outline-secondary", "form-control", "btn-primary"} <= faint_classes()
