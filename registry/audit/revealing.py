"""How often a person may still see personal data whole today: a person's, or a village's roll taken out in one file."""

from registry.audit.actions import Action
from registry.audit.queries import count_of
from registry.clock import start_of, today
from registry.database import moment_text
from registry.permissions import Actor
from registry.sealing import check_reveals

#: What shows personal data whole; a file counts as one reveal, however many stand in it.
REVEALS = (Action.REVEALED, Action.ROLL_REVEALED)


def check_reveals_left(by: Actor) -> None:
    """Raise TooManyReveals if a person has used up what a day allows."""
    check_reveals(count_of(by, REVEALS, moment_text(start_of(today()))))
