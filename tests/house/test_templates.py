"""Rules of the house for templates: they parse, say everything through gettext, and stay within the content policy."""

import re
from collections.abc import Callable
from pathlib import Path

import pytest
from jinja2 import Environment, FileSystemLoader, StrictUndefined

from registry.workbench.filters import FILTERS
from registry.workbench.shell import MENU

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "templates"
SAMPLES = ROOT / "scripts" / "gallery_templates"
TEMPLATES = sorted(FOLDER.rglob("*.html"))
MACROS = [path for path in TEMPLATES if path.parent.name == "macros"]

HAN = re.compile(r"[㐀-䶿一-鿿]")
COMMENT = re.compile(r"\{#.*?#\}", re.DOTALL)
CODE = re.compile(r"\{\{.*?\}\}|\{%.*?%\}", re.DOTALL)
GETTEXT = re.compile(r"\b_\(\s*('(?:[^'\\]|\\.)*'|\"(?:[^\"\\]|\\.)*\")")
CONTROL = re.compile(r"<(input|select|textarea)\b[^>]*>", re.DOTALL)
HIDDEN = re.compile(r"type=\"(?:hidden|submit|button)\"")


def spoken_outside_gettext(source: str) -> list[str]:
    """Return the pieces that hold Chinese outside of ``_(…)`` and comments."""
    rest = GETTEXT.sub("_(", COMMENT.sub("", source))
    return [line.strip() for line in rest.splitlines() if HAN.search(line)]


def policy_breaches(source: str) -> list[str]:
    """Return inline styles, handlers and scripts with a body."""
    plain = CODE.sub("x", COMMENT.sub("", source))
    tags = re.findall(r"<[a-z][^>]*>", plain)
    breaches = [tag for tag in tags if re.search(r"\s(?:style|on[a-z]+|hx-on[:a-z-]*)\s*=", tag)]
    breaches += re.findall(r"<style\b", plain)
    return breaches + [body for body in re.findall(r"<script\b[^>]*>(.*?)</script>", plain, re.DOTALL) if body.strip()]


def unlabelled_controls(source: str) -> list[str]:
    """Return the visible controls that neither carry a name for the ear nor an id that a label points to."""
    plain = COMMENT.sub("", source)
    targets = set(re.findall(r"<label\b[^>]*\bfor=\"([^\"]+)\"", plain))
    found: list[str] = []
    for control in CONTROL.finditer(plain):
        tag = control.group(0)
        identity = re.search(r"\bid=\"([^\"]+)\"", tag)
        named = "aria-label=" in tag or "aria-labelledby=" in tag or (identity and identity[1] in targets)
        if not named and not HIDDEN.search(tag):
            found.append(tag)
    return found


def macros_of(source: str) -> set[str]:
    """Return the names of the macros a file defines."""
    return set(re.findall(r"\{%-?\s*macro\s+(\w+)\(", source))


def imports_of(source: str) -> set[str]:
    """Return the names a file imports from macro files."""
    lists = re.findall(r"\{%-?\s*from\s+\"macros/[^\"]+\"\s+import\s+([^%]+?)-?%\}", source)
    return {name.split(" as ")[0].strip() for names in lists for name in names.split(",")}


def used_macros(pages: list[str], macro_files: list[str]) -> set[str]:
    """Return the macros that pages import, and those that macros call among themselves."""
    called = {name for source in macro_files for name in macros_of(source) if source.count(f"{name}(") > 1}
    return set().union(called, *(imports_of(source) for source in pages))


def read_all(paths: list[Path]) -> list[str]:
    """Read several files."""
    return [path.read_text("utf-8") for path in paths]


def names(path: Path) -> str:
    """Name a template in the report of a failed test."""
    return path.relative_to(FOLDER).as_posix()


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_every_template_parses(path: Path) -> None:
    env = Environment(
        loader=FileSystemLoader(FOLDER), undefined=StrictUndefined, extensions=["jinja2.ext.i18n"], autoescape=True
    )
    env.filters.update({one.__name__: one for one in FILTERS})
    env.get_template(names(path))


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_every_chinese_word_goes_through_gettext(path: Path) -> None:
    assert spoken_outside_gettext(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_no_template_breaks_the_content_policy(path: Path) -> None:
    assert policy_breaches(path.read_text("utf-8")) == []


@pytest.mark.parametrize("path", TEMPLATES, ids=names)
def test_every_control_has_a_label(path: Path) -> None:
    assert unlabelled_controls(path.read_text("utf-8")) == []


def test_every_macro_is_used_by_a_page() -> None:
    pages = [path for path in TEMPLATES if path not in MACROS] + sorted(SAMPLES.glob("*.html"))
    sources = read_all(MACROS)
    defined = set().union(*(macros_of(source) for source in sources))
    assert defined - used_macros(read_all(pages), sources) == set()


def test_every_icon_named_in_a_template_is_in_the_sprite() -> None:
    sprite = (ROOT / "registry" / "static" / "icons.svg").read_text("utf-8")
    named = {name for source in read_all(TEMPLATES) for name in re.findall(r"\bicon\('([a-z0-9-]+)'", source)}
    assert named
    assert named <= set(re.findall(r"<symbol id=\"([a-z0-9-]+)\"", sprite))


def test_every_icon_of_the_menu_is_in_the_sprite() -> None:
    sprite = (ROOT / "registry" / "static" / "icons.svg").read_text("utf-8")
    named = {entry.icon for _label, entries in MENU for entry in entries}
    assert named <= set(re.findall(r"<symbol id=\"([a-z0-9-]+)\"", sprite))


CONTROLS: tuple[tuple[Callable[[str], list[str]], str, str], ...] = (
    (spoken_outside_gettext, "<p>保存</p>", "<p>{{ _('保存') }}</p>{# 保存 #}"),
    (spoken_outside_gettext, "<p title='保存'>{{ _('保存') }}</p>", '{{ _("保存 %(n)s", n=1) }}'),
    (policy_breaches, '<p style="color:red">', '<p class="style">'),
    (policy_breaches, '<a onclick="go()">', '<a data-on="1">{{ on == 1 }}'),
    (policy_breaches, "<script>go()</script>", '<script defer src="{{ a > b }}"></script>'),
    (unlabelled_controls, '<input name="a">', '<input type="hidden" name="a">'),
    (unlabelled_controls, '<select id="a">', '<label for="a">A</label><select id="a">'),
    (unlabelled_controls, '<textarea id="b">', '<textarea aria-label="B">'),
)


@pytest.mark.parametrize(("check", "wrong", "right"), CONTROLS)
def test_each_check_of_a_template_can_fail(check: Callable[[str], list[str]], wrong: str, right: str) -> None:
    assert check(wrong)
    assert check(right) == []


def test_a_template_that_does_not_close_its_block_does_not_parse() -> None:
    with pytest.raises(Exception, match="if"):
        Environment(autoescape=True).parse("{% if x %}")


def test_an_unused_macro_would_be_noticed() -> None:
    macro = "{% macro lonely() %}{% endmacro %}{% macro used() %}{% endmacro %}"
    page = '{% from "macros/a.html" import used %}'
    assert macros_of(macro) - used_macros([page], [macro]) == {"lonely"}
