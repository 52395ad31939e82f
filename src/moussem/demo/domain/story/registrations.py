"""An open gathering: anybody registers by its form, and one registration stands in each state."""

from datetime import timedelta

from moussem.accounts.domain.queries.actors import actor_of_link
from moussem.core.actor import ANONYMOUS
from moussem.demo.domain.story.cast import ZONE, Cast
from moussem.directory.domain.names import fold
from moussem.engines.values.period import day
from moussem.events.domain.events import EventFacts
from moussem.events.domain.planning import Wish, plan_event, publish_event
from moussem.events.enums import EventKind, EventMode
from moussem.events.models import Event
from moussem.guests.domain.answers import Answer, answer
from moussem.guests.domain.approving import approve, refuse
from moussem.guests.domain.open_forms import KindFacts, OpenFormFacts, set_open_form
from moussem.guests.domain.registering import Applicant, register_openly
from moussem.guests.enums import AskedField, Asking, AttendanceMode
from moussem.guests.models import Invitation, OpenKind, RegistrationRequest

OPEN_DAY = -40
"""Days ago; it lies ahead."""
SEATS = 6
VISITORS = ({"fr": "Visiteurs", "en": "Visitors"}, ("Salma", "Yassir", "Hind", "Omar", "Ghita", "Nabil", "Rim", "Anas"))
SPEAKERS = ({"fr": "Intervenants", "en": "Speakers"}, ("Leïla", "Mehdi", "Zineb", "Driss"))


def play_open(cast: Cast) -> Event:
    """Of eight visitors six have the seats, one withdrew and one waits; of four who wish to speak one is approved and
    waits for a seat, one was told "not this time", and two wait for the yes.
    """
    facts = EventFacts(
        kind=EventKind.CONFERENCE, name={"fr": "Journée ouverte (exemple)", "en": "Open day (example)"},
        period=day(cast.day(OPEN_DAY)), place=cast.town, mode=EventMode.BOTH, seats_on_site=SEATS, seats_online=100,
        zone=ZONE,
    )  # fmt: skip
    wishes = (Wish(VISITORS[0]), Wish(SPEAKERS[0]))
    event = plan_event(by=cast.team, at=cast.ago(15), facts=facts, wishes=wishes)
    publish_event(by=cast.team, at=cast.ago(15), event=event)
    visitors, speakers = _opened(cast, event)
    made = [_registered(cast, event, visitors, name, n) for n, name in enumerate(VISITORS[1])]
    answer(
        by=actor_of_link(made[1].link), at=cast.ago(8), invitation=made[1],
        said=Answer(words="Un empêchement (exemple)"),
    )  # fmt: skip
    asked = [_registered(cast, event, speakers, name, n) for n, name in enumerate(SPEAKERS[1])]
    keys = list(
        RegistrationRequest.objects.filter(invitation__in=asked)
        .order_by("asked_at")
        .values_list("public_id", flat=True)
    )
    approve(by=cast.team, at=cast.ago(4), event=event, chosen=keys[:1])
    refuse(by=cast.team, at=cast.ago(4), event=event, chosen=keys[1:2])
    return event


def _opened(cast: Cast, event: Event) -> tuple[OpenKind, OpenKind]:
    """The form: visitors come as they wish, whoever wishes to speak says why and is approved."""
    first, second = event.guest_kinds.order_by("position")
    may, must = Asking.MAY.value, Asking.MUST.value
    kinds = (
        KindFacts(first, False, {AskedField.ORGANISATION.value: may, AskedField.CITY.value: may}),
        KindFacts(second, True, {AskedField.ORGANISATION.value: must, AskedField.PURPOSE.value: must}),
    )
    form = set_open_form(
        by=cast.team, at=cast.ago(14), event=event, read_version=0,
        facts=OpenFormFacts(is_on=True, kinds=kinds, shows_seats=True),
    )  # fmt: skip
    visitors, speakers = (
        OpenKind.objects.filter(form=form).select_related("guest_kind").order_by("guest_kind__position")
    )
    return visitors, speakers


def _registered(cast: Cast, event: Event, kind: OpenKind, name: str, number: int) -> Invitation:
    said = {AskedField.ORGANISATION.value: f"Maison {name} (exemple)"}
    if AskedField.PURPOSE in kind.asked:
        said[AskedField.PURPOSE.value] = "Montrer comment une équipe apprend un métier (exemple)"
    applicant = Applicant(
        name=f"{name} (exemple)", email=f"{fold(name)}@inscrits.example", language="fr", kind=kind,
        mode=AttendanceMode.ON_SITE, said=said,
    )  # fmt: skip
    at = cast.ago(12) + timedelta(hours=number)
    made = register_openly(by=ANONYMOUS, at=at, event=event, applicant=applicant)
    return Invitation.objects.select_related("link__promoter", "person", "promoter").get(pk=made.pk)
