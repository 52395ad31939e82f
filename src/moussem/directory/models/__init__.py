"""The rows of the directory."""

from moussem.directory.models.associations import Antenna, Membership
from moussem.directory.models.lists import ImportedList, ImportedRows, RememberedHeading
from moussem.directory.models.organisations import (
    Alias,
    Branch,
    Establishment,
    Organisation,
    OrganisationMatch,
    Taxonomy,
)
from moussem.directory.models.people import (
    Affiliation,
    Consent,
    Person,
    PersonMatch,
    Representation,
)
from moussem.directory.models.places import Park, Place

__all__ = (
    "Affiliation",
    "Alias",
    "Antenna",
    "Branch",
    "Consent",
    "Establishment",
    "ImportedList",
    "ImportedRows",
    "Membership",
    "Organisation",
    "OrganisationMatch",
    "Park",
    "Person",
    "PersonMatch",
    "Place",
    "RememberedHeading",
    "Representation",
    "Taxonomy",
)
