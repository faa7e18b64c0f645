"""Form fields that read what people type or tick: money, quantities, whole numbers, several of a list."""

from collections.abc import Callable, Sequence
from typing import Any

from flask_babel import gettext
from wtforms import SelectMultipleField, StringField
from wtforms.validators import StopValidation
from wtforms.widgets import CheckboxInput, ListWidget

from registry.errors import RegistryError
from registry.money import parse_fen, plain_yuan
from registry.web import say


class ParsedField(StringField):  # type: ignore[misc]
    """A text field whose data is the parsed value and whose text stays as typed when it cannot be read."""

    def __init__(
        self,
        label: str,
        validators: Sequence[Any] = (),
        *,
        read: Callable[[str], Any],
        write: Callable[[Any], str],
        **kw: Any,
    ) -> None:
        super().__init__(label, validators, **kw)
        self.read, self.write = read, write

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.write(self.data)

    def process_formdata(self, valuelist: list[str]) -> None:
        text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if not text:
            return
        try:
            self.data = self.read(text)
        except RegistryError as error:
            raise ValueError(say(error)) from error


def money_field(label: str, validators: Sequence[Any] = (), **kw: Any) -> ParsedField:
    """Return a field for an amount; its data is fen. 48.6万, full-width digits and commas are understood."""
    kw.setdefault("render_kw", {"inputmode": "decimal", "autocomplete": "off"})
    return ParsedField(label, validators, read=parse_fen, write=plain_yuan, **kw)


class TicksField(SelectMultipleField):  # type: ignore[misc]
    """Several of a list, by ticks."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class Needed:
    """A required field: what is missing is said, what could not be read is said once."""

    field_flags = {"required": True}  # noqa: RUF012 - the name WTForms looks for

    def __init__(self, message: str) -> None:
        self.message = message

    def __call__(self, _form: object, field: Any) -> None:
        is_blank = not any(str(text).strip() for text in field.raw_data or ())
        if field.data == "" or (field.data is None and (is_blank or not field.errors)):
            field.errors = []  # an empty date was called no date before
            raise StopValidation(gettext(self.message))
