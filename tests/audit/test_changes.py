"""What the trail is told of a flush: every row the database came to hold, however the session came to write it."""

from collections.abc import Iterator

import pytest
from sqlalchemy import Computed, ForeignKey, create_engine, event
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship

from registry.changes import Audited, Change, UnknownEarlier, Versioned, collect, merge, remember


class Ground(DeclarativeBase):
    """Tables of this test alone."""


class House(Audited, Versioned, Ground):
    __tablename__ = "house"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    floors: Mapped[int] = mapped_column(default=1)
    state: Mapped[str] = mapped_column(server_default="NEW")
    area: Mapped[int] = mapped_column(Computed("floors * 10"))
    key: Mapped[str] = mapped_column(default="")
    rooms: Mapped[list["Room"]] = relationship(cascade="all, delete-orphan")
    guests: Mapped[list["Guest"]] = relationship()
    __sealed__ = frozenset({"key"})


class Room(Audited, Ground):
    __tablename__ = "room"

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int] = mapped_column(ForeignKey("house.id"))


class Guest(Audited, Ground):
    __tablename__ = "guest"

    id: Mapped[int] = mapped_column(primary_key=True)
    house_id: Mapped[int | None] = mapped_column(ForeignKey("house.id"))


Told = dict[tuple[str, str], Change]


@pytest.fixture
def session() -> Iterator[Session]:
    """A session that keeps what a flush told in ``info``, as the product's does."""
    engine = create_engine("sqlite://")
    Ground.metadata.create_all(engine)
    with Session(engine) as opened:

        @event.listens_for(opened, "before_flush")
        def _before(session: Session, *_rest: object) -> None:
            session.info["earlier"] = remember(session)

        @event.listens_for(opened, "after_flush")
        def _after(session: Session, context: object) -> None:
            told = session.info.setdefault("told", {})
            for change in collect(session, context, session.info.pop("earlier")):  # type: ignore[arg-type]
                key = (change.table, change.id)
                joined = merge(told.pop(key), change) if key in told else change
                if joined:
                    told[key] = joined

        opened.add(House(id=1, name="甲", region_code="r", rooms=[Room(id=1, region_code="r")]))
        opened.add(Guest(id=1, house_id=1, region_code="r"))
        opened.commit()
        yield opened


def told(session: Session) -> Told:
    """Flush, and return what was told since the last time, each state laid beside the database."""
    session.flush()
    found: Told = session.info.pop("told", {})
    for (table, key), change in found.items():
        row = session.connection().exec_driver_sql(f"SELECT * FROM {table} WHERE id = {key}").mappings().first()
        stored = {**row} if row else None
        if stored and change.after:
            stored.pop("key", None)
            assert {name: value for name, value in change.after.items() if name != "key"} == stored
        assert (stored is None) == (change.after is None)
    return found


@pytest.fixture
def house(session: Session) -> House:
    told(session)
    return session.get_one(House, 1)


def test_an_insert_tells_what_the_database_filled_in(session: Session) -> None:
    after = told(session)["house", "1"].after
    assert after is not None
    assert (after["state"], after["area"], after["floors"], after["version_id"]) == ("NEW", 10, 1, 1)
    assert isinstance(after["key"], dict)


def test_an_update_tells_all_columns_before_and_after(session: Session, house: House) -> None:
    house.floors = 3
    change = told(session)["house", "1"]
    assert change.before is not None
    assert change.after is not None
    assert (change.before["floors"], change.before["area"], change.before["version_id"]) == (1, 10, 1)
    assert (change.after["floors"], change.after["area"], change.after["version_id"], change.version) == (3, 30, 2, 2)


def test_a_row_whose_columns_were_forgotten_is_read_before_it_changes(session: Session, house: House) -> None:
    session.expire(house)
    house.name = "乙"
    change = told(session)["house", "1"]
    assert change.before is not None
    assert (change.before["name"], change.before["floors"]) == ("甲", 1)


def test_an_expression_computed_by_the_database_is_read_back(session: Session, house: House) -> None:
    house.floors = House.floors + 4  # type: ignore[assignment]
    change = told(session)["house", "1"]
    assert (change.before or {})["floors"] == 1
    assert (change.after or {})["floors"] == 5


def test_a_deletion_tells_the_row_as_it_was_stored_and_the_cascade(session: Session, house: House) -> None:
    house.name = "临时改的"
    session.delete(house)
    found = told(session)
    assert (found["house", "1"].before or {})["name"] == "甲"
    assert found["room", "1"].after is None
    assert (found["guest", "1"].before or {})["house_id"] == 1
    assert (found["guest", "1"].after or {})["house_id"] is None


def test_an_orphan_that_nobody_deleted_by_hand_is_told(session: Session, house: House) -> None:
    house.rooms.clear()
    found = told(session)
    assert (found["room", "1"].before or {})["house_id"] == 1
    assert set(found) == {("room", "1")}


def test_a_row_deleted_and_added_again_is_one_change(session: Session, house: House) -> None:
    session.delete(house)
    session.add(House(id=1, name="丙", region_code="r", state="OLD"))
    change = told(session)["house", "1"]
    assert ((change.before or {})["name"], (change.after or {})["name"]) == ("甲", "丙")


def test_a_row_added_and_deleted_within_one_deed_leaves_nothing(session: Session, house: House) -> None:
    fresh = Guest(id=9, house_id=None, region_code="r")
    session.add(fresh)
    session.flush()
    session.delete(fresh)
    assert told(session) == {}


def test_two_flushes_of_one_deed_are_one_change(session: Session, house: House) -> None:
    house.name = "乙"
    session.flush()
    house.floors = 2
    change = told(session)["house", "1"]
    assert ((change.before or {})["name"], (change.before or {})["version_id"]) == ("甲", 1)
    assert ((change.after or {})["name"], (change.after or {})["version_id"]) == ("乙", 3)


def test_a_row_set_to_what_it_was_is_no_change(session: Session, house: House) -> None:
    house.name = "乙"
    house.name = "甲"
    house.guests = []
    assert set(told(session)) == {("guest", "1")}


def test_a_key_is_never_changed(session: Session, house: House) -> None:
    guest = session.get_one(Guest, 1)
    guest.id = 7
    with pytest.raises(UnknownEarlier):
        session.flush()
