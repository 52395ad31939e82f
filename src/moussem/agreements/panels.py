"""What agreements add to the pages, timelines and threads of lower rooms."""

from typing import Any

from moussem.agreements.domain.queries.timeline import BY_KIND, agreement_entries, agreements_beside, signed
from moussem.core import threads, timelines
from moussem.core.actor import Actor
from moussem.core.asking import Answered, Reading, answered
from moussem.core.navigation import Verb
from moussem.core.panels import Panel, register
from moussem.evidence.domain.queries.territory import group_read
from moussem.evidence.enums import SubjectKind

PANEL = "agreements/pieces/panel.html"


def _agreements(kind: SubjectKind) -> Answered[[Actor, Any], dict[str, Any] | None]:
    """What fills the panel on the pages of one kind of thing; nothing where it has no acts."""

    @answered
    def fill(actor: Actor, row: Any) -> Reading[dict[str, Any] | None]:
        subjects = yield from group_read(row.subject)
        rows = yield from agreements_beside.reading(actor, subjects, kind)
        return {"rows": rows} if rows else None

    return fill


for kind in BY_KIND:
    room = "events" if kind == SubjectKind.EVENT else "directory"
    register(Panel(f"{room}.{kind}", PANEL, _agreements(kind), order=40))
register(Panel("events.report", PANEL, _agreements(SubjectKind.EVENT), order=40))
timelines.register(agreement_entries)
threads.register(Verb.SIGN, signed)
