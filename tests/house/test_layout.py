"""Rules of the house for Python files: small files, small functions, one committer, one reader of the clock."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "registry"
SOURCES = sorted(PACKAGE.rglob("*.py"))
#: One file that must stand alone on an auditor's machine, so it is longer than the others.
STANDALONE = PACKAGE / "audit" / "verify_audit.py"
HOUSE = [path for path in SOURCES if path != STANDALONE]
MOST_LINES = 300
MOST_FUNCTION_LINES = 39
MOST_VIEW_LINES = 25
#: Where a float is a length on paper, or a cell of a workbook that is never read back as money.
FLOATS_ALLOWED = {"registry/reports/paper/sheet.py"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Checker = Callable[[str], list[str]]


def functions(source: str) -> Iterator[tuple[Function, int]]:
    """Return every function with its number of lines, decorators not counted."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, Function):
            yield node, (node.end_lineno or node.lineno) - node.lineno + 1


def calls(source: str) -> Iterator[ast.Call]:
    """Return every call in a file."""
    return (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))


def is_view(function: Function) -> bool:
    """Say whether a function is a route of a blueprint."""
    names = {ast.unparse(decorator).partition("(")[0] for decorator in function.decorator_list}
    return any(name.endswith((".get", ".post", ".route")) for name in names)


def long_file(source: str) -> list[str]:
    """Say so if a file is too long."""
    lines = len(source.splitlines())
    return [f"{lines} lines"] if lines > MOST_LINES else []


def long_functions(source: str) -> list[str]:
    """Return the functions that are too long."""
    return [f"{node.name}: {lines}" for node, lines in functions(source) if lines > MOST_FUNCTION_LINES]


def long_views(source: str) -> list[str]:
    """Return the views that are too long."""
    return [f"{node.name}: {lines}" for node, lines in functions(source) if lines > MOST_VIEW_LINES and is_view(node)]


def commits(source: str) -> list[str]:
    """Return the calls that end a transaction."""
    ends = {"commit", "rollback"}
    return [ast.unparse(c) for c in calls(source) if isinstance(c.func, ast.Attribute) and c.func.attr in ends]


CLOCKS = {
    "datetime.now", "datetime.utcnow", "datetime.today", "date.today", "datetime.datetime.now", "datetime.date.today",
    "time.time", "time.time_ns", "time.monotonic", "time.perf_counter", "time.localtime",
}  # fmt: skip


def clock_readings(source: str) -> list[str]:
    """Return the calls that ask for the time."""
    return [ast.unparse(call) for call in calls(source) if ast.unparse(call.func) in CLOCKS]


def rounded_numbers(source: str) -> list[str]:
    """Return the calls of float() and round()."""
    names = {"float", "round"}
    return [ast.unparse(c) for c in calls(source) if isinstance(c.func, ast.Name) and c.func.id in names]


def code_in_package_file(source: str) -> list[str]:
    """Return what an ``__init__.py`` holds beside its docstring."""
    body = ast.parse(source).body
    return [ast.unparse(node) for node in body if not (isinstance(node, ast.Expr) and node is body[0])]


def missing_docstrings(source: str) -> list[str]:
    """Return the public functions and classes that do not say what they are."""
    tree = ast.parse(source)
    named = [node for node in tree.body if isinstance(node, Function | ast.ClassDef) and not node.name.startswith("_")]
    return [node.name for node in named if not ast.get_docstring(node)]


def name(path: Path) -> str:
    """Name a file in the report of a failed test."""
    return path.relative_to(ROOT).as_posix()


@pytest.mark.parametrize("path", HOUSE, ids=name)
def test_no_file_is_longer_than_300_lines(path: Path) -> None:
    assert long_file(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", HOUSE, ids=name)
def test_no_function_is_longer_than_39_lines(path: Path) -> None:
    assert long_functions(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", HOUSE, ids=name)
def test_no_view_is_longer_than_25_lines(path: Path) -> None:
    assert long_views(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", HOUSE, ids=name)
def test_only_the_database_module_ends_a_transaction(path: Path) -> None:
    assert path.name == "database.py" or commits(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", HOUSE, ids=name)
def test_only_the_clock_module_reads_the_time(path: Path) -> None:
    assert path.name == "clock.py" or clock_readings(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_no_amount_passes_through_a_float(path: Path) -> None:
    assert name(path) in FLOATS_ALLOWED or rounded_numbers(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("__init__.py")), ids=name)
def test_a_package_file_holds_a_docstring_only(path: Path) -> None:
    source = path.read_text("utf-8")
    assert ast.get_docstring(ast.parse(source))
    assert code_in_package_file(source) == []


@pytest.mark.parametrize("path", SOURCES, ids=name)
def test_every_public_thing_says_what_it_is(path: Path) -> None:
    assert missing_docstrings(path.read_text("utf-8")) == []


LONG = "def f():\n" + "    x = 1\n" * 30
CONTROLS: tuple[tuple[Checker, str, str], ...] = (
    (long_file, "x = 1\n" * 301, "x = 1\n" * 300),
    (long_functions, LONG + "    y = 1\n" * 10, LONG),
    (long_views, "@blueprint.get('/')\n@requires(P)\n" + LONG, LONG),
    (long_views, "@bp.route('/', methods=['POST'])\n" + LONG, "@bp.cli.command()\n" + LONG),
    (commits, "db.session.commit()", "db.session.flush()"),
    (commits, "with x:\n    connection.rollback()", "rollback = 1"),
    (clock_readings, "x = datetime.now(UTC)", "from registry.clock import now\nx = now()"),
    (clock_readings, "import time\ntime.time()", "when.time()"),
    (rounded_numbers, "x = round(y)", "x = surround(y)"),
    (rounded_numbers, "x = float('1')", "x: float = y"),
    (code_in_package_file, '"""A."""\nimport os', '"""A."""'),
    (missing_docstrings, "def f(): pass", "def _f(): pass"),
    (missing_docstrings, "class A: pass", 'class A:\n    """A."""'),
)


@pytest.mark.parametrize(("check", "wrong", "right"), CONTROLS)
def test_each_rule_can_be_broken(check: Checker, wrong: str, right: str) -> None:
    assert check(wrong)
    assert check(right) == []


def test_the_house_is_not_empty() -> None:
    assert len(HOUSE) > 80
