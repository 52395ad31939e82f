"""Registering by the open form of an event."""

from moussem.core.actor import ANONYMOUS, Actor
from moussem.events.domain.planning import publish_event
from moussem.events.models import Event
from moussem.guests.domain.open_forms import KindFacts, OpenFormFacts, set_open_form
from moussem.guests.domain.registering import Applicant, register_openly
from moussem.guests.enums import AttendanceMode
from moussem.guests.models import Invitation, OpenKind
from tests.factories.accounts import AT


def an_open_form(by: Actor, event: Event, *, needs_approval: bool = False, **known: object) -> OpenKind:
    """A published event where everybody may register, asked for nothing but name and address; the kind offered."""
    asked = known.pop("asked", {})
    kinds = known.pop("kinds", (KindFacts(None, needs_approval, asked),))
    publish_event(by=by, at=AT, event=event)
    facts = OpenFormFacts(is_on=True, kinds=kinds, **known)
    form = set_open_form(by=by, at=AT, event=event, read_version=0, facts=facts)
    return OpenKind.objects.select_related("guest_kind").filter(form=form).order_by("pk").first()


def an_applicant(kind: OpenKind, name: str = "Salma", *, email: str = "", **known: object) -> Applicant:
    facts = {"language": "fr", "mode": AttendanceMode.ON_SITE, "said": {}} | known
    return Applicant(name=name, email=email or f"{name.lower().replace(' ', '.')}@t.example", kind=kind, **facts)


def registered(kind: OpenKind, name: str = "Salma", *, at: object = AT, **known: object) -> Invitation:
    event = Event.objects.select_related("promoter").get(pk=kind.event_id)
    applicant = an_applicant(kind, name, **known)
    made = register_openly(by=ANONYMOUS, at=at, event=event, applicant=applicant)
    return Invitation.objects.select_related("link__promoter", "person", "promoter", "request").get(pk=made.pk)
