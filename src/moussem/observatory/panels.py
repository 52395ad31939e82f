"""What the observatory adds to the pages of lower rooms."""

from typing import Any

from django.utils import timezone

from moussem.core.actor import Actor
from moussem.core.addresses import public_address
from moussem.core.asking import Answered, Reading, answered
from moussem.core.panels import Panel, register
from moussem.evidence.domain.queries.territory import group_read
from moussem.evidence.enums import SubjectKind
from moussem.observatory.domain.queries.questions import question_about
from moussem.observatory.permissions import can_see_counts
from moussem.projects.domain.queries.projects import joint_of, rows_of
from moussem.projects.domain.queries.timeline import newest_projects

EFFECT = "observatory/pieces/effect_panel.html"
RETURN = "observatory/pieces/return_panel.html"
DOSSIER = "observatory/pieces/dossier_panel.html"
PROMISES = "observatory/pieces/promises_panel.html"
MOST = 20


@answered
def _effect(actor: Actor, match: Any) -> Reading[dict[str, Any] | None]:
    """What deciding this match would change in the totals; nothing for two people, or where nothing is held."""
    if not hasattr(match.left, "named"):
        return None
    question = yield from question_about.reading(match, actor)
    return {"question": question} if question and question.effects else None


def _dossier(actor: Actor, row: Any) -> dict[str, Any] | None:
    """The way from a park's or place's page to its dossier."""
    return {"url": public_address(f"dossiers/{row.public_id}/")}


def _return(actor: Actor, event: Any) -> dict[str, Any] | None:
    """The way from the home of one's own event to its return."""
    return {"event": event} if can_see_counts(actor) and actor.within(event.promoter_id) else None


def _promises(kind: SubjectKind) -> Answered[[Actor, Any], dict[str, Any] | None]:
    """What fills "Projects and promises" on the pages of one kind of thing; nothing where it has no project."""

    @answered
    def fill(actor: Actor, row: Any) -> Reading[dict[str, Any] | None]:
        subjects = yield from group_read(row.subject)
        projects = yield from newest_projects(actor, row.subject, subjects, kind, MOST)
        if not projects:
            return None
        rows = yield from rows_of.reading(actor, projects, at=timezone.now())
        return {"rows": rows, "joint": joint_of(rows)}

    return fill


for kind in (SubjectKind.ORGANISATION, SubjectKind.PARK, SubjectKind.PLACE, SubjectKind.EVENT):
    room = "events" if kind == SubjectKind.EVENT else "directory"
    register(Panel(f"{room}.{kind}", PROMISES, _promises(kind), order=50))
register(Panel("directory.match", EFFECT, _effect, order=10))
register(Panel("directory.park", DOSSIER, _dossier, order=5))
register(Panel("directory.place", DOSSIER, _dossier, order=5))
register(Panel("events.home-side", RETURN, _return, order=90))
register(Panel("events.report", PROMISES, _promises(SubjectKind.EVENT), order=50))
register(Panel("events.report", RETURN, _return, order=90))
