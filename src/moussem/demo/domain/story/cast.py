"""Who plays: two accounts of the playground, a town, firms and guests. Nobody and nothing of it exists."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from moussem.core.actor import Actor
from moussem.directory.domain.organisations import OrganisationFacts, add_organisation
from moussem.directory.domain.places import add_place
from moussem.directory.enums import OrganisationKind, PlaceKind
from moussem.directory.models import Organisation, Place

FIRMS = ("Alpha", "Bêta", "Gamma", "Delta", "Epsilon", "Zêta", "Êta")
ZONE = "Africa/Casablanca"


@dataclass(frozen=True, slots=True)
class Cast:
    """The people who act (`team`, and `second` for what needs another person), when, where, and the firms."""

    team: Actor
    second: Actor
    at: datetime
    town: Place
    agency: Organisation
    body: Organisation
    firms: tuple[Organisation, ...]

    def ago(self, days: int) -> datetime:
        """The moment so many days ago; a negative number lies ahead."""
        return self.at - timedelta(days=days)

    def day(self, days: int) -> date:
        """The day so many days ago; a negative number lies ahead."""
        return self.ago(days).date()


def gather(*, team: Actor, second: Actor, at: datetime) -> Cast:
    """The town, the agency, the body that counts, and seven firms."""
    town = add_place(by=team, at=at, kind=PlaceKind.CITY, name={"fr": "Ville d’exemple", "en": "Example Town"})

    def organisation(name: str, kind: OrganisationKind) -> Organisation:
        return add_organisation(by=team, at=at, facts=OrganisationFacts(name=name, kind=kind, place=town))

    return Cast(
        team=team,
        second=second,
        at=at,
        town=town,
        agency=organisation("Agence (exemple)", OrganisationKind.AGENCY),
        body=organisation("Organisme de contrôle (exemple)", OrganisationKind.INSTITUTION),
        firms=tuple(organisation(f"{name} (exemple)", OrganisationKind.OPERATOR) for name in FIRMS),
    )
