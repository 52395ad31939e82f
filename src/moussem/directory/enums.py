"""The words of the directory."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationKind(models.TextChoices):
    """What sort of body an organisation is."""

    OPERATOR = "operator", _("Operator")
    CLIENT = "client", _("Client company")
    INSTITUTION = "institution", _("Institution")
    INVESTMENT_CENTRE = "investment_centre", _("Regional investment centre")
    AGENCY = "agency", _("Agency")
    FUND = "fund", pgettext_lazy("organisation", "Fund")
    FEDERATION = "federation", _("Federation")
    ASSOCIATION = "association", _("Association")
    CLUB = "club", _("Club")
    PARK_DEVELOPER = "park_developer", _("Park developer")
    FIRM = "firm", _("Firm")
    SCHOOL = "school", _("School")
    PUBLISHER = "publisher", _("Publisher")
    AUTHORITY = "authority", _("Authority")
    OTHER = "other", _("Other")


class PlaceKind(models.TextChoices):
    """How large a place is."""

    COUNTRY = "country", _("Country")
    REGION = "region", _("Region")
    CITY = "city", _("City")


class MatchState(models.TextChoices):
    """What a person decided of two rows that may be one."""

    PROPOSED = "proposed", _("To decide")
    MERGED = "merged", _("The same")
    APART = "apart", _("Not the same")


class ConsentPurpose(models.TextChoices):
    """For what a person agreed or objected."""

    INVITATIONS = "invitations", _("Invitations")
    NEWSLETTER = "newsletter", _("News")
    SHARE_WITH_EXHIBITORS = "share_with_exhibitors", _("Share with exhibitors")
    PHOTOGRAPHS = "photographs", _("Photographs")
    TESTIMONY = "testimony", _("Testimony")


FIND_DUPLICATES = "directory.find_duplicates"
