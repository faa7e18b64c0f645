"""A photograph of the board as it comes in with a form."""

from typing import Literal, overload

from wtforms.fields import Field

from registry.approvals.notices.rules import NotAPhoto
from registry.evidence.services import KeptFile, take_in


@overload
def photo_in(field: Field, *, needed: Literal[True]) -> KeptFile: ...
@overload
def photo_in(field: Field) -> KeptFile | None: ...
def photo_in(field: Field, *, needed: bool = False) -> KeptFile | None:
    """Take in the photograph of a form, before the transaction; None if there is none. Raises NotAPhoto."""
    upload = field.data
    if upload and upload.filename:
        return take_in(upload.stream.read(), upload.filename)
    if needed:
        raise NotAPhoto(field="file")
    return None
