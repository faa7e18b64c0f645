"""Pages of the exchange with the accounting platform."""

import tempfile
from datetime import date
from typing import IO, cast

from flask import Blueprint, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from registry.assets.register.sheets.workbooks import read_workbook
from registry.clock import today
from registry.database import transaction
from registry.evidence.uploads import FileMissing
from registry.ledger.books.exchange.forms import BringForm, PeriodForm
from registry.ledger.books.exchange.queries import brought_until, count_exchanged, list_exchanged
from registry.ledger.books.exchange.reading import read_brought
from registry.ledger.books.exchange.rules import BroughtLine
from registry.ledger.books.exchange.services import MEDIA_TYPES, ExchangeForm, bring_numbers, export_vouchers
from registry.ledger.books.models import Book
from registry.ledger.books.queries import get_book
from registry.permissions import Permission, may
from registry.web import BaseForm, actor, finish, page, requires, row_number, whole_number

blueprint = Blueprint("exchange", __name__)
_P = Permission
PAGE_ROWS = 50


@blueprint.get("/books/<int:book_id>/exchange")
@requires(Permission.LEDGER_READ)
def show(book_id: int) -> ResponseReturnValue:
    """Show which vouchers of a year the platform has taken over."""
    return _shown(get_book(book_id, actor()))


def _shown(book: Book, form: BaseForm | None = None) -> ResponseReturnValue:
    year = whole_number("year", today().year, 9999) or today().year
    first, last = date(year, 1, 1), date(year, 12, 31)
    open_only, after = request.args.get("open", "1") == "1", row_number("after")
    rows = list_exchanged(book, first, last, open_only=open_only, after=after, limit=PAGE_ROWS + 1)
    all_of, back = count_exchanged(book, first, last)
    blank = PeriodForm(formdata=None, first=first, last=min(last, today()), form=ExchangeForm.XLSX.value)
    return page(
        "books/exchange.html",
        form,
        book=book,
        rows=rows[:PAGE_ROWS],
        more=len(rows) > PAGE_ROWS,
        year=year,
        years=range(today().year, book.opened_on.year - 1, -1),
        open_only=open_only,
        count=all_of,
        back=back,
        until=brought_until(book),
        period=form if isinstance(form, PeriodForm) else blank,
        bring=form if isinstance(form, BringForm) else BringForm(formdata=None),
        may_export=may(actor(), _P.ASSET_EXPORT, book.region_code),
        may_bring=may(actor(), _P.VOUCHER_MAKE, book.region_code),
    )


@blueprint.post("/books/<int:book_id>/exchange/export")
@requires(Permission.ASSET_EXPORT, proof=True)
def export(book_id: int) -> ResponseReturnValue:
    """Hand out vouchers for the accounting platform, and tell the trail."""
    book, form = get_book(book_id, actor(), _P.ASSET_EXPORT), PeriodForm()
    if not form.validate_on_submit():
        return _shown(book, form)
    name, kind, out = book.party.name, ExchangeForm(form.form.data), cast("IO[bytes]", tempfile.TemporaryFile())  # noqa: SIM115 - the answer closes it
    with transaction(book.region_code):
        book = get_book(book_id, actor(), _P.ASSET_EXPORT)
        export_vouchers(book, form.first.data, form.last.data, kind, out, by=actor())  # type: ignore[arg-type]
    out.seek(0)
    file_name = _("%(owner)s记账凭证 %(first)s至%(last)s.%(form)s", owner=name, first=form.first.data,
                  last=form.last.data, form=kind.value)  # fmt: skip
    return send_file(out, mimetype=MEDIA_TYPES[kind], as_attachment=True, download_name=file_name)


@blueprint.post("/books/<int:book_id>/exchange/bring")
@requires(Permission.VOUCHER_MAKE)
def bring(book_id: int) -> ResponseReturnValue:
    """Bring the platform's numbers back: all of a file or none."""
    region, form = get_book(book_id, actor(), _P.VOUCHER_MAKE).region_code, BringForm()
    if form.validate_on_submit():
        with form.guard():
            brought = _read(form)
            with transaction(region):
                count = bring_numbers(get_book(book_id, actor(), _P.VOUCHER_MAKE), brought, by=actor())
                url = url_for("exchange.show", book_id=book_id)
                return finish(url, _("已写入 %(n)s 张凭证的平台凭证号。", n=count))
    return _shown(get_book(book_id, actor(), _P.VOUCHER_MAKE), form)


def _read(form: BringForm) -> list[BroughtLine]:
    sent = form.file.data
    if not getattr(sent, "filename", ""):
        raise FileMissing(field="file")
    return read_brought(read_workbook(sent.stream.read(), sent.filename)[0])
