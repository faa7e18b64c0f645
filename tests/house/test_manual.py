"""The manual is whole: every chapter is listed, every picture and every link leads to something."""

import re
from pathlib import Path

import pytest

MANUAL = Path(__file__).resolve().parents[2] / "docs" / "manual"
SCRIPTS = MANUAL.parents[1] / "scripts"
CHAPTERS = sorted(MANUAL.glob("*.md"))
PICTURES = {path.stem for path in (MANUAL / "pictures").glob("*.png")}
#: What a picture may weigh at most, in bytes.
MOST_BYTES = 118_000


def pictures_named(text: str) -> set[str]:
    return set(re.findall(r"!\[[^\]]+\]\(pictures/([a-z-]+)\.png\)", text))


def links_of(text: str) -> list[tuple[str, str]]:
    return re.findall(r"\]\(([a-z-]*(?:\.md)?)(?:#([^)]+))?\)", text)


def anchors_of(text: str) -> set[str]:
    heads = re.findall(r"^#+ (.+)$", text, re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head).replace(" ", "-").lower() for head in heads}


def test_every_picture_the_manual_names_exists_and_every_picture_is_named() -> None:
    named = {name for chapter in CHAPTERS for name in pictures_named(chapter.read_text(encoding="utf-8"))}
    assert named == PICTURES
    assert "board-county" in named


def test_every_picture_can_be_taken_anew() -> None:
    taken = {
        name.replace("_", "-")
        for path in SCRIPTS.glob("*_shots.py")
        for name in re.findall(r"^def (\w+)\(camera: Camera\)", path.read_text(encoding="utf-8"), re.MULTILINE)
    }
    assert taken == PICTURES


def test_no_picture_is_heavy() -> None:
    assert [one.name for one in (MANUAL / "pictures").iterdir() if one.stat().st_size > MOST_BYTES] == []


def test_the_front_page_lists_every_chapter() -> None:
    listed = {name for name, _anchor in links_of((MANUAL / "README.md").read_text(encoding="utf-8"))}
    assert {chapter.name for chapter in CHAPTERS} - {"README.md"} <= listed


@pytest.mark.parametrize("chapter", CHAPTERS, ids=lambda path: path.name)
def test_every_link_between_chapters_leads_to_a_heading_that_stands(chapter: Path) -> None:
    for name, anchor in links_of(chapter.read_text(encoding="utf-8")):
        other = MANUAL / (name or chapter.name)
        assert other.exists(), name
        if anchor:
            assert anchor in anchors_of(other.read_text(encoding="utf-8")), f"{name}#{anchor}"


def test_a_link_to_a_heading_that_fell_away_would_be_seen() -> None:
    assert links_of("看[甲](income.md#没有这一节)") == [("income.md", "没有这一节")]
    assert "没有这一节" not in anchors_of((MANUAL / "income.md").read_text(encoding="utf-8"))
