"""What is handed out of a published agenda: drawn when it was published, and anew where that does not hold any more."""

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef

from moussem.core.actor import Actor
from moussem.core.ids import uuid7
from moussem.events.domain.agendas import edition_of
from moussem.events.enums import FragmentForm
from moussem.events.models import AgendaFragment, AgendaVersion, Event
from moussem.events.rendering.feeds import drawing, drawn

AROUND = ("agenda__event__place", "agenda__event__series")


def handed_out(
    *, by: Actor, at: datetime, event_key: object, form: FragmentForm, language: str
) -> AgendaFragment | None:
    """The published agenda of an event in one form and language, with its version and event; None where none is
    published, or the actor may not see it. One query, unless it must be drawn anew: where nothing is drawn, or somebody
    named in it is not public any more, or the product draws otherwise now.
    """
    rows = AgendaFragment.objects.visible_to(by).filter(
        agenda__event__public_id=event_key, agenda__replaced_at=None, form=form, language=language, drawing=drawing()
    )
    people = AgendaVersion.people.through.objects.filter(agendaversion=OuterRef("agenda"), person__published_at=None)
    organisations = AgendaVersion.organisations.through.objects.filter(
        agendaversion=OuterRef("agenda"), organisation__published_at=None
    )
    found = rows.select_related(*AROUND).defer("agenda__content").annotate(
        is_stale=Exists(people) | Exists(organisations)
    )  # fmt: skip
    row = found.first()
    return row if row and not row.is_stale else _drawn_anew(by, at, event_key, form, language)


@transaction.atomic
def _drawn_anew(by: Actor, at: datetime, event_key: object, form: FragmentForm, language: str) -> AgendaFragment | None:
    """Drawn by whoever asks first; those who are not public any more are forgotten by the version's lists, too."""
    versions = AgendaVersion.objects.visible_to(by).filter(event__public_id=event_key, replaced_at=None)
    version = versions.select_related("event__place", "event__series").first()
    if version is None:
        return None
    for named in (version.people, version.organisations):
        gone = list(named.filter(published_at=None))
        if gone:
            named.remove(*gone)
            AgendaFragment.objects.filter(agenda=version).delete()
    body = drawn(edition_of(version), form, language)
    kept = {
        "promoter_id": version.promoter_id,
        "public_id": uuid7(),
        "body": body,
        "drawn_at": at,
        "drawing": drawing(),
    }
    row, _ = AgendaFragment.objects.update_or_create(agenda=version, form=form, language=language, defaults=kept)
    row.agenda = version
    return row


def forget_drawn(event: Event) -> None:
    """Have the agenda of an event drawn anew: its name, place or zone changed. Part of the caller's transaction."""
    AgendaFragment.objects.filter(agenda__event=event).delete()
