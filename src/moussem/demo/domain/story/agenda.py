"""The agenda of the gathering to come: published once, with one session moved since, and a clash to see to."""

from datetime import time

from moussem.core.actor import Actor
from moussem.demo.domain.story.cast import Cast
from moussem.directory.domain.people import add_person
from moussem.directory.models import Person
from moussem.events.domain.agendas import publish_agenda
from moussem.events.domain.events import add_session, add_space, take_part
from moussem.events.domain.hours import Hours
from moussem.events.domain.planning import publish_event
from moussem.events.domain.sessions import move_session
from moussem.events.enums import PartKind, SpaceKind
from moussem.events.models import Event, Session, Space

SPACES = (
    (SpaceKind.CONFERENCE, {"fr": "Salle A (exemple)", "en": "Room A (example)"}, 12, 10),
    (SpaceKind.MEETINGS, {"fr": "Tables (exemple)", "en": "Tables (example)"}, 8, None),
    (SpaceKind.SIGNING, {"fr": "Espace de signature (exemple)", "en": "Signing space (example)"}, 20, None),
)
SESSIONS = (
    ({"fr": "Ouverture (exemple)", "en": "Opening (example)"}, 0, time(9), time(9, 30), ()),
    ({"fr": "Les métiers de la région (exemple)", "en": "The region’s trades (example)"}, 0, time(9, 30), time(11),
     ("en", "ar")),
    ({"fr": "Atelier des recrutements (exemple)", "en": "Recruiting workshop (example)"}, 1, time(9, 30), time(11), ()),
    ({"fr": "Signature (exemple)", "en": "Signing (example)"}, 2, time(11, 30), time(12), ()),
)  # fmt: skip


def lay_out_agenda(cast: Cast, event: Event) -> None:
    """Three spaces, four sessions and two who speak; published, then the workshop is moved onto the opening's hour,
    where its moderator speaks already.
    """
    by, at = cast.team, cast.ago(9)
    spaces = [
        add_space(by=by, at=at, event=event, kind=kind, name=name, capacity_on_site=site, capacity_online=online)
        for kind, name, site, online in SPACES
    ]
    sessions = [
        add_session(
            by=by, at=at, event=event, title=title, space=spaces[space], language="fr", interpretation=into,
            hours=Hours(event.period_start, begins, ends),
        )
        for title, space, begins, ends, into in SESSIONS
    ]  # fmt: skip
    _speak(cast, event, sessions)
    publish_event(by=by, at=at, event=event)
    publish_agenda(by=by, at=at, event=event)
    _move(by, cast, event, sessions[2], spaces[1])


def _speak(cast: Cast, event: Event, sessions: list[Session]) -> None:
    people: list[Person] = [
        add_person(by=cast.team, at=cast.ago(9), name=f"{name} (exemple)", publish=True)
        for name in ("Directrice de l’agence", "Modérateur")
    ]
    parts = ((0, PartKind.OPENING, 0), (0, PartKind.SPEAKER, 1), (1, PartKind.MODERATOR, 1), (2, PartKind.SPEAKER, 0))
    for session, kind, who in parts:
        take_part(
            by=cast.team, at=cast.ago(9), event=event, kind=kind, session=sessions[session], person=people[who]
        )  # fmt: skip


def _move(by: Actor, cast: Cast, event: Event, session: Session, space: Space) -> None:
    hours = Hours(event.period_start, time(9), time(10, 30))
    move_session(by=by, at=cast.ago(2), session=session, read_version=session.version, space=space, hours=hours)
