"""What every page shares: permission at the door, forms, one-time answers, refusals."""

import contextlib
import functools
import hashlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any, ParamSpec, cast

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from flask_login import current_user, login_required
from flask_wtf import FlaskForm
from wtforms import HiddenField, ValidationError
from wtforms.fields import Field, FieldList, FormField
from wtforms.widgets import HiddenInput

from registry import onetime
from registry.clock import now
from registry.codes import MOST_ROW
from registry.errors import Forbidden, Invalid, Overtaken, RegistryError
from registry.permissions import Actor, Permission, may

P = ParamSpec("P")
View = Callable[P, ResponseReturnValue]
LANGUAGES = ("zh", "en")
_YEAR_SECONDS = 365 * 24 * 3600
#: The field in which a person proves once more who they are; what stands in it is no part of what was sent.
PROOF = "proof_of_self"
#: A label this long stands in a message on purpose; 日期 or 金额 may stand there by chance.
_TELLING_CHARS = 4

blueprint = Blueprint("web", __name__)


def requires(permission: Permission, *, proof: bool = False) -> Callable[[View[P]], View[P]]:
    """Let a signed-in person with this permission through; others are asked to sign in, or refused.

    ``proof``: who sends the form proves once more who they are, unless they did so a short while ago.
    """

    def guard(view: View[P]) -> View[P]:
        @functools.wraps(view)
        @login_required  # type: ignore[untyped-decorator]
        def guarded(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
            if current_user.first_step and request.blueprint != "accounts":
                return redirect(url_for(current_user.first_step))
            if not may(actor(), permission):
                raise Forbidden
            return _answered_before() or _unproved(asked=proof) or view(*args, **kwargs)

        guarded.permission, guarded.proof = permission, proof  # type: ignore[attr-defined]
        return guarded

    return guard


def open_to_all(view: View[P]) -> View[P]:
    """Mark a page that needs no sign-in."""
    view.permission = None  # type: ignore[attr-defined]
    return view


def actor() -> Actor:
    """Return who is signed in."""
    return cast("Actor", current_user.actor)


class BaseForm(FlaskForm):  # type: ignore[misc]
    """A form with a CSRF token, a one-time key, and a place for refusals that concern no single field."""

    one_time_key = HiddenField(default=onetime.new_key)
    form_errors: list[str]
    #: What the page of this form answers when it was refused: 422, unless a refusal shown on it says otherwise.
    refused_status = Invalid.status

    def refuse(self, error: RegistryError) -> None:
        """Put a refusal beside its field, or at the top."""
        text = say(error)
        field: Field | None = self._fields.get(error.field or "")
        if field is None:
            self.form_errors = [*self.form_errors, text]
        else:
            field.errors = [*field.errors, text]

    @contextlib.contextmanager
    def guard(self, *also: type[RegistryError]) -> Iterator[None]:
        """Turn an Invalid raised inside into a message on this form; the page is shown again, nothing was written.

        ``also``: further refusals that this form bears, so that what was typed is not lost to an error page.
        """
        try:
            yield
        except RegistryError as error:
            if not isinstance(error, (Invalid, *also)):
                raise
            self.refused_status = error.status
            for one in error.all:
                self.refuse(one)

    @property
    def problems(self) -> list[tuple[str, str]]:
        """All messages with the field they link to, each naming its field, in the order of the page."""
        top = [("", text) for text in self.form_errors]
        return top + [told for field in self for told in _told(field, _name_of(field))]


class SeenForm(BaseForm):
    """A form that decides on a row as its page showed it."""

    version = HiddenField()

    def show(self, version_id: int) -> None:
        """Bind the form to the row that the page shows; what was typed stays."""
        self.version.data = str(version_id)

    def check_seen(self, version_id: int) -> None:
        """Raise Overtaken when the row is another than the page showed."""
        if self.version.data != str(version_id):
            raise Overtaken


def _told(field: Field, name: str) -> Iterator[tuple[str, str]]:
    """Yield the messages of a field and of the fields inside it, under the name by which a reader finds it."""
    if isinstance(field, FormField):
        for inner in field.form:
            yield from _told(inner, f"{name} {_name_of(inner)}".strip())
        return
    for number, entry in enumerate(field.entries if isinstance(field, FieldList) else (), 1):
        row = gettext("第 %(n)s 行 %(label)s", n=number, label="" if isinstance(entry, FormField) else _name_of(entry))
        yield from _told(entry, f"{name} {row}".strip())
    for text in field.errors:
        if not isinstance(text, (list, tuple, dict)):  # what stands in the rows was told with them
            yield field.id, _named(name, str(text))


def _named(name: str, text: str) -> str:
    """Return a message with the name of its field before it, unless there is none or the message says it itself."""
    is_said = not name or (len(name) >= _TELLING_CHARS and name in text)
    return text if is_said else gettext("%(name)s：%(text)s", name=name, text=text)


def _name_of(field: Field) -> str:
    """Return the label of a field; nothing where it shows none: hidden ones, and lists that nobody named."""
    made_up = field.short_name.replace("_", " ").title()
    is_list, label = isinstance(field, (FieldList, FormField)), str(field.label.text)
    return "" if isinstance(field.widget, HiddenInput) or (is_list and label == made_up) else label


def validator(rule: Callable[[str], object]) -> Callable[[object, Field], None]:
    """Make a WTForms validator of a pure function that raises RegistryError."""

    def check(_form: object, field: Field) -> None:
        try:
            rule(field.data or "")
        except RegistryError as error:
            raise ValidationError(say(error)) from error

    return check


def say(error: RegistryError) -> str:
    """Translate a refusal for the reader."""
    return str(gettext(error.text, **error.params) if error.params else gettext(error.text))


def _answered_before() -> ResponseReturnValue | None:
    key = request.form.get("one_time_key", "") if request.method == "POST" else ""
    if not key:
        return None
    earlier = onetime.earlier_answer(current_user.id, str(request.endpoint), key, body_digest())
    return redirect(earlier, 303) if earlier is not None else None


def _unproved(*, asked: bool) -> ResponseReturnValue | None:
    """Return the page that asks for proof, carrying along what was sent; None if there is nothing to ask."""
    return cast("ResponseReturnValue | None", current_user.ask_proof()) if asked and request.method == "POST" else None


def sent_fields() -> list[tuple[str, str]]:
    """Return what a person sent by this form: neither the marks of the form itself nor the proof of who sent it."""
    return [(name, value) for name, value in request.form.items(multi=True) if name not in {"csrf_token", PROOF}]


def body_digest() -> str:
    """Return the digest of where a form was sent and of what it said, files included."""
    body = hashlib.sha256(request.path.encode())
    for name, value in sorted(sent_fields()):
        body.update(f"{name}\x1f{value}\x1e".encode())
    for name, file in request.files.items(multi=True):
        body.update(f"{name}\x1f{file.filename}\x1f".encode())
        file.stream.seek(0)  # the view may have read it meanwhile
        body.update(hashlib.file_digest(file.stream, "sha256").digest())  # type: ignore[arg-type]
        file.stream.seek(0)
    return body.hexdigest()


def finish(url: str, message: str = "") -> ResponseReturnValue:
    """End a deed inside its transaction: keep the one-time key with the answer, and send the reader on."""
    key = request.form.get("one_time_key", "")
    onetime.use_key(current_user.id, str(request.endpoint), key, body_digest(), url, now())
    if message:
        flash(message)
    return redirect(url, 303)


def page(template: str, form: BaseForm | None = None, status: int = 200, **values: Any) -> ResponseReturnValue:
    """Render a page; one whose form was refused says so in its status."""
    if form is not None and form.problems and status == 200:
        status = form.refused_status
    return render_template(template, form=form, **values), status


def next_page(endpoint: str) -> str:
    """Return where the reader wanted to go if that is a page of ours, else the endpoint's."""
    target = request.args.get("next") or request.form.get("next") or ""
    return local_path(target) or url_for(endpoint)


def carry_size(_endpoint: str, values: dict[str, Any]) -> None:
    """Carry large text on in the addresses of pages that set no cookie (a hook for ``url_defaults``)."""
    if request and request.args.get("large") == "1":
        values.setdefault("large", "1")


def local_path(target: str) -> str:
    """Return the target if it is a path on this site, else nothing: an open redirect is a trap."""
    plain = target.startswith("/") and not target.startswith(("//", "/\\")) and target.isprintable()
    return target if plain else ""


def whole_number(name: str, default: int, most: int) -> int:
    """Read a whole number from the query string within limits; anything else is 404, as no such page exists."""
    text = request.args.get(name, str(default))
    if not (text.isascii() and text.isdigit() and len(text) < 16 and int(text) <= most):
        abort(404)
    return int(text)


def row_number(name: str) -> int:
    """Read the key of a row from the query string, 0 where it names none; anything else is 404."""
    return whole_number(name, 0, MOST_ROW)


def picked_ids(texts: Iterable[str]) -> list[int]:
    """Return the ids ticked on a list, each once; what is no id that a database holds is not there."""
    ids = (text for text in dict.fromkeys(texts) if text.isascii() and text.isdigit() and len(text) < 16)
    return [int(text) for text in ids]


@blueprint.post("/preferences")
@open_to_all
def set_large() -> ResponseReturnValue:
    """Switch between normal and large text, or the language, for this browser."""
    response = make_response(redirect(local_path(request.form.get("next", "")) or "/", 303))
    secure = request.is_secure
    if "large" in request.form:
        large = "1" if request.form["large"] == "1" else "0"
        response.set_cookie("large", large, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure)
    if request.form.get("lang") in LANGUAGES:
        lang = request.form["lang"]
        response.set_cookie("lang", lang, max_age=_YEAR_SECONDS, httponly=True, samesite="Lax", secure=secure)
    return response
