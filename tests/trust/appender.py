"""One of several processes that append to two logs at once: reads a log's list, then adds to it (check 6).

Run as a module: number of the process, number of deeds, and "locked" or "free" (the control: no lock at all).
Prints one JSON object for each deed that the product said was done.
"""

import contextlib
import json
import random
import sys

from sqlalchemy import select
from sqlalchemy.exc import SQLAlchemyError

from registry import database
from registry.app import create_app
from registry.assets.register.cards.services import register_asset
from registry.audit.actions import Action
from registry.audit.events import Thing
from registry.audit.models import TrailEvent
from registry.audit.services import record
from registry.database import db, transaction
from registry.errors import RegistryError
from registry.regions import log_of
from tests.factories import COUNTY, OTHER_COUNTY, TODAY, VILLAGE, person, registration

TABLE = "token"


def seen(log_id: int) -> list[str]:
    """The tokens of a log in the order of its numbers."""
    rows = select(TrailEvent.thing_id).where(TrailEvent.log_id == log_id, TrailEvent.thing_table == TABLE)
    return list(db.session.scalars(rows.order_by(TrailEvent.seq)))


def append(token: str, regions: list[str]) -> dict[str, object]:
    """Read the list of each log and append to it; in the village a card is registered too."""
    with transaction(*regions):
        found = {str(log_of(region)): seen(log_of(region)) for region in regions}
        by = person("village_clerk")
        for region in regions:
            record(Action.READ, Thing(TABLE, token, region), by=by)
        number = register_asset(registration(name=token), by=by, on=TODAY).asset_no if VILLAGE in regions else ""
    return {"token": token, "seen": found, "number": number}


def main() -> None:
    """Do the deeds and tell of each."""
    name, deeds, mode = sys.argv[1], int(sys.argv[2]), sys.argv[3]
    if mode == "free":
        database.lock_log = lambda _connection, _log_id: None
        database.writer_turn = lambda _engine: contextlib.nullcontext()
    dice = random.Random(name)
    with create_app().app_context():
        for number in range(deeds):
            regions = dice.choice(([VILLAGE], [OTHER_COUNTY], [VILLAGE, OTHER_COUNTY], [COUNTY, OTHER_COUNTY]))
            try:
                told = append(f"{name}-{number}", regions)
            except (SQLAlchemyError, RegistryError) as error:
                told = {"failed": type(error).__name__}
            sys.stdout.write(json.dumps(told) + "\n")
            sys.stdout.flush()


if __name__ == "__main__":
    main()
