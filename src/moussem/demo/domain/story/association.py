"""An example association: members in six regions, one of no stated place, one who left; an antenna; a meeting with
minutes.
"""

from datetime import time

from moussem.accounts.models import User
from moussem.demo.domain.story.cast import ZONE, Cast
from moussem.directory.domain.memberships import (
    MembershipFacts,
    admit_member,
    end_membership,
    open_antenna,
)
from moussem.directory.domain.organisations import OrganisationFacts, add_organisation
from moussem.directory.domain.people import add_person
from moussem.directory.domain.places import add_place
from moussem.directory.enums import MembershipOffice, OrganisationKind, PlaceKind
from moussem.directory.models import Organisation, Place
from moussem.engines.values.period import day, year
from moussem.events.domain.events import EventFacts, add_event, add_session, add_space, take_part
from moussem.events.domain.hours import Hours
from moussem.events.domain.minutes import Decided, approve_minutes, correct_minutes, write_minutes
from moussem.events.domain.missions import join_delegation, report_outcome
from moussem.events.enums import EventKind, EventMode, PartKind, SpaceKind
from moussem.events.models import Event

REGIONS = (
    ("MA-02", {"fr": "Oriental (exemple)", "en": "Oriental (example)"}),
    ("MA-06", {"fr": "Casablanca-Settat (exemple)", "en": "Casablanca-Settat (example)"}),
    ("MA-04", {"fr": "Rabat-Salé-Kénitra (exemple)", "en": "Rabat-Salé-Kénitra (example)"}),
    ("MA-01", {"fr": "Tanger-Tétouan-Al Hoceïma (exemple)", "en": "Tangier-Tétouan-Al Hoceïma (example)"}),
    ("MA-03", {"fr": "Fès-Meknès (exemple)", "en": "Fès-Meknès (example)"}),
    ("MA-09", {"fr": "Souss-Massa (exemple)", "en": "Souss-Massa (example)"}),
)
"""Where the example's members are: regions that exist, members that do not."""
VISITS = (
    ({"fr": "Visite des plateaux (exemple)", "en": "Visit of the floors (example)"}, time(9), time(11)),
    (
        {"fr": "Rendez-vous (exemple)", "en": "Meeting (example)"},
        time(14),
        time(15),
    ),
)
LIST = "Liste de l’association (exemple)"


def play_association(cast: Cast) -> Organisation:
    """The seven firms and a president as members of an example association; one firm has left since."""
    by, at = cast.team, cast.ago(200)
    facts = OrganisationFacts(name="Association (exemple)", kind=OrganisationKind.ASSOCIATION, place=cast.town)
    association = add_organisation(by=by, at=at, facts=facts)
    places = _places(cast)
    since = year(cast.day(500).year)
    memberships = [
        admit_member(
            by=by, at=at, association=association, organisation=firm,
            facts=MembershipFacts(place=place, period=since, source=LIST),
        )
        for firm, place in zip(cast.firms, (*places, None), strict=True)
    ]  # fmt: skip
    president = add_person(by=by, at=at, name="Présidente de l’association (exemple)")
    admit_member(
        by=by, at=at, association=association, person=president,
        facts=MembershipFacts(place=places[0], office=MembershipOffice.PRESIDENT, period=since, source=LIST),
    )  # fmt: skip
    left = memberships[-2]
    end_membership(by=by, at=cast.ago(20), membership=left, read_version=left.version, until=day(cast.day(30)))
    open_antenna(
        by=by, at=cast.ago(100), association=association, name="Antenne de Fès-Meknès (exemple)", place=places[4],
        period=year(cast.day(100).year), source=LIST,
    )  # fmt: skip
    return association


def play_meeting(cast: Cast, association: Organisation) -> Event:
    """A meeting of the association; its minutes were corrected once and approved, and two decisions are next steps."""
    facts = EventFacts(
        kind=EventKind.CLUB_MEETING, period=day(cast.day(15)), place=cast.town, mode=EventMode.ON_SITE, zone=ZONE,
        name={"fr": "Réunion de l’association (exemple)", "en": "Meeting of the association (example)"},
    )  # fmt: skip
    event = add_event(by=cast.team, at=cast.ago(40), facts=facts)
    take_part(by=cast.team, at=cast.ago(40), event=event, kind=PartKind.ORGANISER, organisation=association)
    team, second = (User.objects.get(public_id=actor.id) for actor in (cast.team, cast.second))
    minutes = write_minutes(
        by=cast.team, at=cast.ago(14), event=event,
        text="Exemple : l’association prépare la visite d’un site et cherche un stage pour dix personnes.",
        decided=[
            Decided("Retenir le site à visiter (exemple)", owner=team, due_on=cast.day(-10)),
            Decided("Demander les places de stage (exemple)", owner=second, due_on=cast.day(-20)),
        ],
    )  # fmt: skip
    minutes = correct_minutes(
        by=cast.second, at=cast.ago(13), minutes=minutes, read_version=minutes.version,
        text="Exemple : l’association prépare la visite d’un site et cherche des stages pour douze personnes.",
        decided=[Decided("La prochaine réunion se tient en ligne (exemple)")],
    )  # fmt: skip
    approve_minutes(by=cast.team, at=cast.ago(12), minutes=minutes, read_version=minutes.version)
    return event


def play_mission(cast: Cast, association: Organisation) -> Event:
    """A mission of the association: led and accompanied, two visits with their hosts, one of them reported on, and one
    met there.
    """
    by, at = cast.team, cast.ago(60)
    facts = EventFacts(
        kind=EventKind.MISSION, period=day(cast.day(30)), place=cast.town, mode=EventMode.ON_SITE, zone=ZONE,
        name={"fr": "Mission chez un aménageur (exemple)", "en": "Mission to a developer (example)"},
    )  # fmt: skip
    event = add_event(by=by, at=at, facts=facts)
    take_part(by=by, at=at, event=event, kind=PartKind.ORGANISER, organisation=association)
    president = association.members.get(office=MembershipOffice.PRESIDENT).person
    delegation = (
        (PartKind.HEAD, president, association, {"fr": "Présidente", "en": "President"}),
        (PartKind.DELEGATE, None, cast.firms[0], {"fr": "Membre", "en": "Member"}),
        (PartKind.MET, None, cast.agency, {"fr": "Direction", "en": "Management"}),
    )
    for kind, person, organisation, words in delegation:
        join_delegation(
            by=by, at=at, event=event, kind=kind, person=person, organisation=organisation, words=words
        )  # fmt: skip
    site = add_space(
        by=by, at=at, event=event, kind=SpaceKind.MEETINGS, name={"fr": "Site A (exemple)", "en": "Site A (example)"},
        capacity_on_site=12, capacity_online=None,
    )  # fmt: skip
    visits = [
        add_session(
            by=by, at=at, event=event, title=title, space=site, language="fr",
            hours=Hours(event.period_start, begins, ends),
        )
        for title, begins, ends in VISITS
    ]  # fmt: skip
    for visit in visits:
        take_part(by=by, at=at, event=event, kind=PartKind.HOST, session=visit, organisation=cast.agency)
    team = User.objects.get(public_id=by.id)
    report_outcome(
        by=by, at=cast.ago(28), event=event, session=visits[0],
        words="Exemple : l’aménageur propose deux plateaux et demande un calendrier.",
        decided=[Decided("Envoyer un calendrier (exemple)", owner=team, due_on=cast.day(-14))],
    )  # fmt: skip
    report_outcome(by=by, at=cast.ago(27), event=event, words="Exemple : une visite reste à rapporter.")
    return event


def _places(cast: Cast) -> list[Place]:
    country = add_place(
        by=cast.team, at=cast.at, kind=PlaceKind.COUNTRY, code="MA",
        name={"fr": "Maroc (exemple)", "en": "Morocco (example)"},
    )  # fmt: skip
    return [
        add_place(by=cast.team, at=cast.at, kind=PlaceKind.REGION, code=code, name=name, within=country)
        for code, name in REGIONS
    ]
