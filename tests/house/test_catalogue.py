"""Every name has a label, every table a mark, and every text on screen its English."""

import importlib
import pkgutil

import pytest
from babel.messages.catalog import Catalog

import registry
from registry.audit.actions import Action
from registry.changes import Audited, Derived, Trail
from registry.database import Base
from registry.offices import ROLE_LEVELS
from registry.permissions import GRANTS, Permission, Role
from registry.text import Labelled
from scripts import messages

MARKS = (Audited, Derived, Trail)


def all_labelled() -> list[type[Labelled]]:
    """Return every enum with labels, after importing every module of the application."""
    for module in pkgutil.walk_packages(registry.__path__, "registry."):
        importlib.import_module(module.name)
    found, queue = [], [Labelled]
    while queue:
        children = queue.pop().__subclasses__()
        found += children
        queue += children
    return sorted(found, key=lambda enum: f"{enum.__module__}.{enum.__name__}")


def unlabelled(enum: type[Labelled]) -> list[str]:
    """Return the members without a label."""
    return [member.name for member in enum if not member.label.strip()]


def marks_of(model: type) -> list[str]:
    """Return the marks a model bears."""
    return [mark.__name__ for mark in MARKS if issubclass(model, mark)]


def wrongly_marked(models: list[type]) -> list[str]:
    """Return the models that bear no mark or more than one."""
    return [model.__name__ for model in models if len(marks_of(model)) != 1]


def test_every_member_of_every_labelled_enum_has_a_label() -> None:
    enums = all_labelled()
    assert {Action, Permission, Role} <= set(enums)
    assert {f"{enum.__name__}.{name}" for enum in enums for name in unlabelled(enum)} == set()


def test_no_two_members_of_an_enum_share_a_label() -> None:
    doubles = [enum.__name__ for enum in all_labelled() if len({member.label for member in enum}) != len(enum)]
    assert doubles == []


def test_a_member_without_a_label_would_be_noticed() -> None:
    bare = Labelled("Bare", {"NAMED": ("NAMED", "有名"), "BARE": ("BARE", "")})
    assert unlabelled(bare) == ["BARE"]


def test_every_role_has_permissions_and_levels() -> None:
    assert set(GRANTS) == set(ROLE_LEVELS) == set(Role)


def test_every_permission_is_held_by_some_role() -> None:
    assert frozenset().union(*GRANTS.values()) == set(Permission)


def test_every_table_is_audited_derived_or_the_trail() -> None:
    models = [mapper.class_ for mapper in Base.registry.mappers]
    assert wrongly_marked(models) == []
    assert {model.__tablename__ for model in models} == set(Base.metadata.tables)


def test_a_table_without_a_mark_or_with_two_would_be_noticed() -> None:
    assert wrongly_marked([type("Bare", (), {}), type("Both", (Audited, Derived), {}), type("One", (Trail,), {})]) == [
        "Bare",
        "Both",
    ]


def test_every_text_on_screen_has_its_english() -> None:
    assert messages.untranslated(messages.extract(), messages.written()) == []


def test_the_english_has_the_placeholders_of_the_chinese() -> None:
    assert messages.misfits(messages.written()) == []


def test_the_catalogue_holds_no_text_that_is_gone() -> None:
    here = {messages.first(one.id) for one in messages.texts(messages.extract())}
    assert {messages.first(one.id) for one in messages.texts(messages.written())} - here == set()


def test_the_compiled_catalogue_is_that_of_the_written_one() -> None:
    assert messages.MO.read_bytes() == messages.compiled(messages.written())


def test_the_application_speaks_english_when_asked(client) -> None:
    client.set_cookie("lang", "en")
    assert "Sign in" in client.get("/login").text


@pytest.mark.parametrize(
    ("english", "missing", "misfit"),
    [("", True, False), ("保存", True, True), ("Save", False, True), ("Save %(n)s", False, False)],
)
def test_a_gap_in_the_catalogue_would_be_noticed(english: str, missing: bool, misfit: bool) -> None:
    sources, catalog = Catalog(locale="en"), Catalog(locale="en")
    sources.add("保存 %(n)s")
    catalog.add("保存 %(n)s", english)
    assert bool(messages.untranslated(sources, catalog)) is missing
    assert bool(messages.misfits(catalog)) is misfit
