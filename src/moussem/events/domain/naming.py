"""Somebody named by typing: the one of the directory who is meant, or a new person or organisation."""

from datetime import datetime

from moussem.core.actor import Actor
from moussem.directory.domain.names import fold
from moussem.directory.domain.organisations import OrganisationFacts, add_organisation
from moussem.directory.domain.people import add_person, affiliate
from moussem.directory.domain.queries.lists import organisation_named
from moussem.directory.enums import OrganisationKind
from moussem.directory.models import Affiliation, Organisation, Person


class SeveralBearTheName(Exception):
    """More than one row of the directory is called so; `name` says how, `is_person` which sort."""

    def __init__(self, name: str, *, is_person: bool) -> None:
        """Keep the name, for the sentence."""
        super().__init__(name)
        self.name, self.is_person = name, is_person


def organisation_called(
    *, by: Actor, at: datetime, name: str, kind: OrganisationKind = OrganisationKind.FIRM
) -> Organisation:
    """The actor's own organisation of this name, acronym or other name; a new one of `kind` where there is none.

    Raises `SeveralBearTheName`.
    """
    found = organisation_named(by, name)
    if len(found) > 1:
        raise SeveralBearTheName(name, is_person=False)
    return found[0] if found else add_organisation(by=by, at=at, facts=OrganisationFacts(name=name, kind=kind))


def person_called(*, by: Actor, at: datetime, name: str, organisation: Organisation | None = None) -> Person:
    """The actor's own person of this name; a new one, affiliated with `organisation`, where there is none.

    Of several, the one who is at the organisation; somebody of that name who is only at others is somebody else.
    Raises `SeveralBearTheName`.
    """
    found = _people_called(by, name, organisation)
    if len(found) > 1:
        raise SeveralBearTheName(name, is_person=True)
    person = found[0] if found else add_person(by=by, at=at, name=name)
    if organisation is not None and not Affiliation.objects.filter(person=person, organisation=organisation).exists():
        affiliate(by=by, at=at, person=person, organisation=organisation, role={})
    return person


def _people_called(by: Actor, name: str, organisation: Organisation | None) -> list[Person]:
    called = list(Person.objects.filter(promoter=by.promoter_pk, canonical=None, folded=fold(name)).order_by("pk"))
    if organisation is None or not called:
        return called
    held = list(Affiliation.objects.filter(person__in=called).values_list("person", "organisation"))
    there = {person for person, at_organisation in held if at_organisation == organisation.pk}
    if there:
        return [person for person in called if person.pk in there]
    somewhere = {person for person, _ in held}
    return [person for person in called if person.pk not in somewhere]
