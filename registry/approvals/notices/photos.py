"""A photograph of the board as it comes in with a form."""

from wtforms.fields import Field

from registry.approvals.notices.rules import NotAPhoto
from registry.evidence.services import KeptFile
from registry.evidence.uploads import taken_in


def photo_in(field: Field) -> KeptFile | None:
    """Take in the photograph of a form, before the transaction; None if there is none."""
    return next(iter(taken_in(field)), None)


def needed_photo(field: Field) -> KeptFile:
    """Take in the photograph of a form that is about nothing else. Raises NotAPhoto."""
    file = photo_in(field)
    if file is None:
        raise NotAPhoto(field="file")
    return file
