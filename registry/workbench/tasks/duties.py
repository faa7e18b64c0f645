"""What waits of the duty list: duties for which nobody answers, and entries that need their second person."""

from flask import url_for
from flask_babel import gettext as _

from registry.clock import start_of, today
from registry.permissions import Actor
from registry.places.queries import names_of
from registry.supervision.duties import waiting
from registry.workbench.tasks.task import MOST_COUNTED, Task

_MOST = MOST_COUNTED + 1


def list_namings(actor: Actor, most: int) -> list[Task]:
    """Return the person's own unit if somebody has to be named there."""
    found = waiting.list_to_name(actor, today())[:most]
    names = names_of(code for code, _lacking in found)
    return [
        Task(
            _("责任人缺失"), _("%(unit)s：还有 %(n)s 项责任没有在岗的责任人", unit=names[code], n=lacking),
            _("四级责任清单"), None, start_of(today()), _("我或同岗位的人，先办者为准"),
            url_for("duties.show", region_code=code), _("去登记"),
        )
        for code, lacking in found
    ]  # fmt: skip


def count_namings(actor: Actor) -> int:
    """Return 1 if somebody has to be named in the person's own unit."""
    return waiting.count_to_name(actor, today(), _MOST)


def list_confirmations(actor: Actor, most: int) -> list[Task]:
    """Return entries that wait for this person as the second one."""
    return [
        Task(
            _("责任人待确认"), _("%(duty)s：%(who)s", duty=_(one.about.title), who=one.name),
            _("%(who)s 登记", who=one.entered_by_text), None, one.entered_at, _("我或同岗位的人，先办者为准"),
            url_for("duties.decide", holder_id=one.id), _("去确认"),
        )
        for one in waiting.list_to_confirm(actor, most)
    ]  # fmt: skip


def count_confirmations(actor: Actor) -> int:
    """Return how many entries wait for this person as the second one."""
    return waiting.count_to_confirm(actor, _MOST)
