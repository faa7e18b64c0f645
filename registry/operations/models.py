"""What an installation remembers of itself."""

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from registry.changes import Derived
from registry.database import Model


class Installation(Derived, Model):
    """One remembered value, by name."""

    __tablename__ = "installation"

    name: Mapped[str] = mapped_column(String(40), primary_key=True)
    value: Mapped[str] = mapped_column(String(200))
