"""What is done on a phone that counts, and what lies on the phone and in the register afterwards."""

from collections.abc import Sequence
from typing import cast

from sqlalchemy import select

from registry.database import db
from registry.evidence.models import Attachment
from registry.evidence.queries import list_attachments
from registry.supervision.stocktaking.models import StockLine, StockMark
from tests.browser.acting import choose, picture, press
from tests.browser.desk import Desk
from tests.supervision.stocktaking.taking import assets, opened

NOTE = "[data-counting-note]"
_COUNT_PHOTOS = """() => new Promise((done) => {
  const asked = indexedDB.open('counting', 1);
  asked.onupgradeneeded = () => asked.result.createObjectStore('photos');
  asked.onsuccess = () => {
    const all = asked.result.transaction('photos').objectStore('photos').count();
    all.onsuccess = () => done(all.result);
  };
})"""


def marks() -> Sequence[StockMark]:
    db.session.rollback()
    return db.session.scalars(select(StockMark).order_by(StockMark.id)).all()


def photos() -> list[Attachment]:
    return [one for mark in marks() for one in list_attachments("stock_mark", str(mark.id))]


def line_id(name: str) -> int:
    db.session.rollback()
    return db.session.scalars(select(StockLine.id).where(StockLine.name == name)).one()


def begun(desk: Desk) -> None:
    """Two things on the list of a count that is open, and whoever counts them signed in."""
    assets("冷库", "产业路")
    opened()
    desk.sign_in("village_clerk")


def damaged(desk: Desk, colours: Sequence[str] = ("red",)) -> None:
    """Fill in of an opened line that the thing is damaged, with photographs, and press."""
    choose(desk, "毁损")
    desk.page.fill("[name=note]", "屋顶塌了一半")
    desk.page.set_input_files("[name=file]", [picture(colour) for colour in colours])
    desk.page.wait_for_timeout(500)
    press(desk, "记下")


def said(desk: Desk, words: str) -> None:
    desk.page.locator(f"{NOTE}:has-text('{words}')").wait_for()


def kept_marks(desk: Desk) -> int:
    """How many marks wait on the phone."""
    script = """Object.keys(localStorage).filter((key) => key.startsWith('counting:'))
      .reduce((sum, key) => sum + JSON.parse(localStorage[key]).length, 0)"""
    return cast("int", desk.page.evaluate(script))


def kept_photos(desk: Desk) -> int:
    """Of how many marks photographs lie on the phone."""
    return cast("int", desk.page.evaluate(_COUNT_PHOTOS))
