"""Files sent with a form, taken in before the transaction."""

from wtforms.fields import Field

from registry.errors import Invalid
from registry.evidence.services import KeptFile, take_in
from registry.text import N_


class FileMissing(Invalid):
    """A deed that rests on a paper comes with it."""

    message = N_("请选择要上传的文件。")


def take_in_all(field: Field) -> list[KeptFile]:
    """Check, clean and keep the files of a form field. Raises FileMissing and what take_in raises."""
    sent = [one for one in field.data or () if getattr(one, "filename", "")]
    if not sent:
        raise FileMissing(field=field.name)
    return [take_in(one.read(), one.filename) for one in sent]
