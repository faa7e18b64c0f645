"""Files as they come in with a form, taken in before the transaction."""

from wtforms.fields import Field

from registry.errors import Invalid
from registry.evidence.services import KeptFile, take_in
from registry.text import N_


class FileMissing(Invalid):
    """A deed that rests on a paper comes with it."""

    message = N_("请选择要上传的文件。")


def taken_in(field: Field) -> list[KeptFile]:
    """Check, clean and keep the files of a field, one or many; a browser sends an empty part when none was chosen.

    Raises what take_in raises.
    """
    sent = field.data if isinstance(field.data, (list, tuple)) else [field.data]
    return [take_in(one.stream.read(), one.filename) for one in sent if getattr(one, "filename", "")]


def needed_in(field: Field) -> list[KeptFile]:
    """Take in the files of a field that must not be empty. Raises FileMissing too."""
    files = taken_in(field)
    if not files:
        raise FileMissing(field=field.name)
    return files
