"""The papers on which an asset stands: written with every print, read by the page of the asset."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import insert, select

from registry.assets.register.lookup.models import AssetPaper
from registry.database import db

#: A hundred sheets of 24 stickers; more than anybody cuts in a day.
MOST_LABELS = 2_400


@dataclass(frozen=True)
class Paper:
    """A print as the assets on it remember it."""

    serial: str
    region_code: str
    title: str
    printed_at: datetime
    printed_by_id: int | None
    printed_by_text: str


def note_paper(asset_numbers: Sequence[str], paper: Paper) -> None:
    """Let every asset on a print remember it, in the transaction that records the print."""
    if asset_numbers:
        db.session.execute(insert(AssetPaper), [{"asset_no": one, **asdict(paper)} for one in asset_numbers])


def list_papers(asset_no: str) -> list[AssetPaper]:
    """Return the prints an asset stands on, the oldest first."""
    rows = select(AssetPaper).where(AssetPaper.asset_no == asset_no)
    return list(db.session.scalars(rows.order_by(AssetPaper.printed_at, AssetPaper.serial)))
