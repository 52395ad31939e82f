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


class MembershipOffice(models.TextChoices):
    """What a member is in an association or club."""

    MEMBER = "member", pgettext_lazy("membership", "Member")
    BOARD = "board", pgettext_lazy("membership", "Board member")
    PRESIDENT = "president", pgettext_lazy("membership", "President")


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


class ImportState(models.TextChoices):
    """Where a list from a file stands. Nothing of it is in the directory before `written`."""

    READING = "reading", pgettext_lazy("import", "Being read")
    REFUSED = "refused", pgettext_lazy("import", "Not readable")
    READY = "ready", pgettext_lazy("import", "Waits for your yes")
    WRITING = "writing", pgettext_lazy("import", "Being written")
    WRITTEN = "written", pgettext_lazy("import", "Imported")
    UNDOING = "undoing", pgettext_lazy("import", "Being undone")
    UNDONE = "undone", pgettext_lazy("import", "Undone")
    DROPPED = "dropped", pgettext_lazy("import", "Dropped")


class Verdict(models.TextChoices):
    """What a row of a list is to the directory."""

    NEW = "new", pgettext_lazy("row of a list", "New")
    KNOWN = "known", pgettext_lazy("row of a list", "Known")
    DOUBTFUL = "doubtful", pgettext_lazy("row of a list", "Doubtful")
    WRONG = "wrong", pgettext_lazy("row of a list", "To correct")


class MatchReason(models.TextChoices):
    """Why a row is taken for a person of the directory, or may be one."""

    EMAIL = "email", _("same e-mail")
    EMAIL_OTHER_NAME = "email_other_name", _("same e-mail, another name")
    NAME_AND_FIRM = "name_and_firm", _("same name, same organisation")
    NAME_OTHER_EMAIL = "name_other_email", _("same name and organisation, another e-mail")
    NAME = "name", _("same name")
    ALIKE = "alike", _("name written alike, same organisation")


FIND_DUPLICATES = "directory.find_duplicates"
READ_LIST = "directory.read_list"
WRITE_LIST = "directory.write_list"
UNDO_LIST = "directory.undo_list"
CLEAR_LISTS = "directory.clear_lists"

LEDGER_WORDS = (
    pgettext_lazy("ledger", "add organisation"),
    pgettext_lazy("ledger", "correct organisation"),
    pgettext_lazy("ledger", "name branches"),
    pgettext_lazy("ledger", "add alias"),
    pgettext_lazy("ledger", "add person"),
    pgettext_lazy("ledger", "correct person"),
    pgettext_lazy("ledger", "own person"),
    pgettext_lazy("ledger", "record consent"),
    pgettext_lazy("ledger", "record contact"),
    pgettext_lazy("ledger", "affiliate"),
    pgettext_lazy("ledger", "establish"),
    pgettext_lazy("ledger", "admit member"),
    pgettext_lazy("ledger", "correct membership"),
    pgettext_lazy("ledger", "end membership"),
    pgettext_lazy("ledger", "open antenna"),
    pgettext_lazy("ledger", "close antenna"),
    pgettext_lazy("ledger", "add park"),
    pgettext_lazy("ledger", "add place"),
    pgettext_lazy("ledger", "add taxonomy"),
    pgettext_lazy("ledger", "publish thing"),
    pgettext_lazy("ledger", "let represent"),
    pgettext_lazy("ledger", "end representation"),
    pgettext_lazy("ledger", "propose match"),
    pgettext_lazy("ledger", "decide match"),
    pgettext_lazy("ledger", "reopen match"),
    pgettext_lazy("ledger", "open list"),
    pgettext_lazy("ledger", "correct columns"),
    pgettext_lazy("ledger", "read otherwise"),
    pgettext_lazy("ledger", "confirm list"),
    pgettext_lazy("ledger", "write list"),
    pgettext_lazy("ledger", "ask to undo list"),
    pgettext_lazy("ledger", "undo list"),
    pgettext_lazy("ledger", "drop list"),
    pgettext_lazy("ledger", "imported list"),
    pgettext_lazy("ledger", "organisation"),
    pgettext_lazy("ledger", "person"),
    pgettext_lazy("ledger", "park"),
    pgettext_lazy("ledger", "place"),
    pgettext_lazy("ledger", "taxonomy"),
    pgettext_lazy("ledger", "organisation match"),
    pgettext_lazy("ledger", "person match"),
)
"""How the ledger says what is done to organisations, people and places."""
