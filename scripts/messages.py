"""Collect every marked Chinese text into the English catalogue and compile it: ``python scripts/messages.py``.

English is written into ``messages.po`` by hand; a text whose Chinese changed loses its English and is listed.
"""

import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "registry" / "translations" / "en" / "LC_MESSAGES" / "messages.po"
MO = PO.with_suffix(".mo")
FOLDERS = ("registry", "templates")
METHODS = [("**.py", "python"), ("**.html", "jinja2.ext:babel_extract")]
KEYWORDS = {"_": None, "N_": None, "_l": None, "gettext": None, "lazy_gettext": None, "ngettext": (1, 2)}
#: The catalogue is the same whenever it is made from the same sources.
MADE_ON = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"%\((\w+)\)[sd]")
HAN = re.compile(r"[㐀-䶿一-鿿]+")
LATIN = re.compile(r"[A-Za-z]{2}")
#: Samples of what is typed into a cell, which is Chinese in every language.
SAMPLES = frozenset(
    {
        "财政专项扶贫资金/中央/2019/渝财农〔2019〕36号/800000.00；自筹资金/村///86400.00",
        "财政专项扶贫资金/中央/2019/渝财农〔2019〕36号/300000.00；自筹资金/村///37200.00",
        "甲村合作社 60%；乙村合作社 40%",
    }
)


def extract() -> Catalog:
    """Return a catalogue of every marked text, with the files it stands in."""
    catalog = Catalog(locale="en", project="registry", creation_date=MADE_ON, revision_date=MADE_ON, fuzzy=False)
    for folder in FOLDERS:
        options = {"**.html": {"trimmed": "true", "silent": "false"}}
        found = extract_from_dir(ROOT / folder, METHODS, options, KEYWORDS)
        for file, line, text, comments, context in found:
            place = (f"{folder}/{Path(file).as_posix()}", line)
            catalog.add(text, None, [place], auto_comments=comments, context=context)
    return catalog


def written() -> Catalog:
    """Return the catalogue as it lies in the source tree."""
    if not PO.exists():
        return Catalog(locale="en")
    with PO.open("rb") as file:
        return read_po(file, locale="en")


def compiled(catalog: Catalog) -> bytes:
    """Return a catalogue in the form that the application reads."""
    out = BytesIO()
    write_mo(out, catalog)
    return out.getvalue()


def texts(catalog: Catalog) -> Iterator[Message]:
    """Return the messages of a catalogue, its head left out."""
    return (message for message in catalog if message.id)


def first(form: str | tuple[str, ...] | list[str]) -> str:
    """Return a text, the singular of one that has two."""
    return form if isinstance(form, str) else form[0]


def untranslated(sources: Catalog, catalog: Catalog) -> list[str]:
    """Return the texts that have no English, or English that is still Chinese."""
    known = {first(message.id): _forms(message) for message in texts(catalog)}
    wanted = [first(message.id) for message in texts(sources)]
    return [text for text in wanted if not known.get(text) or any(is_chinese(form, of=text) for form in known[text])]


def is_chinese(english: str, *, of: str) -> bool:
    """Say whether a translation is none. It may quote what the reader has to type, word by word, beside its English."""
    quoted = HAN.findall(english)
    return bool(quoted) and of not in SAMPLES and not (LATIN.search(english) and all(one in of for one in quoted))


def misfits(catalog: Catalog) -> list[str]:
    """Return the texts whose English has other placeholders than the Chinese."""
    return [
        first(message.id)
        for message in texts(catalog)
        for form in _forms(message)
        if set(PLACEHOLDER.findall(form)) != set(PLACEHOLDER.findall(first(message.id)))
    ]


def _forms(message: Message) -> list[str]:
    forms = [message.string] if isinstance(message.string, str) else list(message.string or ())
    return [form for form in forms if form]


def update() -> Catalog:
    """Write both files anew from the sources, keeping the English of every text that still stands."""
    sources, earlier = extract(), {first(message.id): message.string for message in texts(written())}
    for message in texts(sources):
        message.string = earlier.get(first(message.id), message.string)
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as file:
        write_po(file, sources, width=110, sort_output=True, include_lineno=False)
    MO.write_bytes(compiled(written()))
    return sources


def main() -> int:
    """Update the catalogue and list what it lacks."""
    sources = update()
    missing, wrong = untranslated(sources, written()), misfits(written())
    for text in missing:
        print(f"no English: {text!r}")
    for text in wrong:
        print(f"other placeholders: {text!r}")
    print(f"{len(list(texts(sources)))} texts, {len(missing)} without English, {len(wrong)} with other placeholders")
    return int(bool(missing or wrong))


if __name__ == "__main__":
    sys.exit(main())
