"""The words of evidence; those of figures come from the engine, so that they are the same everywhere."""

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from moussem.engines.values import kinds
from moussem.engines.values.measures import Measure
from moussem.engines.values.units import Unit


class Kind(models.TextChoices):
    """How a figure is known. Kinds are never added together."""

    PLANNED = kinds.Kind.PLANNED.value, _("planned")
    ANNOUNCED = kinds.Kind.ANNOUNCED.value, _("announced")
    CONTRACTED = kinds.Kind.CONTRACTED.value, _("contracted")
    REPORTED = kinds.Kind.REPORTED.value, _("reported")
    DECLARED = kinds.Kind.DECLARED.value, _("declared")
    VERIFIED = kinds.Kind.VERIFIED.value, _("verified")
    OBSERVED = kinds.Kind.OBSERVED.value, _("observed")


class SubjectKind(models.TextChoices):
    """What stands behind a subject."""

    ORGANISATION = "organisation", _("Organisation")
    PERSON = "person", _("Person")
    PLACE = "place", _("Place")
    PARK = "park", _("Park")
    SERIES = "series", _("Series")
    EVENT = "event", _("Event")
    AGREEMENT = "agreement", _("Agreement")
    PROJECT = "project", _("Project")
    PROGRAMME = "programme", _("Programme")


class SubjectRole(models.TextChoices):
    """What a subject is to a figure or a statement."""

    HOLDER = kinds.Role.HOLDER.value, _("holder")
    PLACE = kinds.Role.PLACE.value, _("place")
    PARK = kinds.Role.PARK.value, _("park")
    EVENT = kinds.Role.EVENT.value, _("event")
    PROJECT = kinds.Role.PROJECT.value, _("project")
    PROGRAMME = kinds.Role.PROGRAMME.value, _("programme")
    PERSON = "person", _("person")
    PARTY = "party", _("party")
    OTHER = "other", _("about")


class AddressKind(models.TextChoices):
    """What an address is; only a publisher's own is shown as a link."""

    PUBLISHER = "publisher", _("publisher's address")
    STORED_COPY = "stored_copy", _("stored copy")
    AGGREGATOR = "aggregator", _("as carried by another site")
    NONE = "none", _("no address")


class DocumentKind(models.TextChoices):
    """What a document is."""

    TEXT = "text", _("Text")
    SOURCE = "source", _("Source")
    RETURN = "return", _("Headcount return")
    DOSSIER = "dossier", _("Application")
    ACT = "act", _("Signed act")


OWN_RECORDS = (DocumentKind.RETURN, DocumentKind.DOSSIER, DocumentKind.ACT)
"""Documents that are records of our own rooms: the declaration, application or act is itself its figures' source."""


class StatementKind(models.TextChoices):
    """What a fact that is no number tells."""

    OPENING = "opening", _("Opening")
    STARTED = "started", _("Started")
    ROLE = "role", pgettext_lazy("kind of statement", "Role")
    TESTIMONY = "testimony", _("Testimony")
    SPEECH = "speech", _("Spoken")
    THEME = "theme", _("Theme")
    AGREEMENT = "agreement", _("Agreement")
    OBJECTIVE = "objective", _("Objective")
    RULE = "rule", _("Rule")
    AWARD = "award", _("Award")
    LISTING = "listing", _("Listing")
    PLAN = "plan", _("Plan")
    PRESENCE = "presence", _("Presence")
    FACT = "fact", _("Fact")


MEASURE_LABELS: dict[Measure, Promise] = {
    Measure.JOBS: pgettext_lazy("measure", "jobs"),
    Measure.JOBS_CREATED: pgettext_lazy("measure", "jobs created"),
    Measure.JOBS_ADDITIONAL: pgettext_lazy("measure", "additional jobs"),
    Measure.EMPLOYEES: pgettext_lazy("measure", "employees"),
    Measure.POSITIONS: pgettext_lazy("measure", "positions"),
    Measure.RECRUITS: pgettext_lazy("measure", "recruits"),
    Measure.SHARE_OF_JOBS: pgettext_lazy("measure", "share of jobs"),
    Measure.INVESTMENT: pgettext_lazy("measure", "investment"),
    Measure.TURNOVER: pgettext_lazy("measure", "turnover"),
    Measure.EXPORT_TURNOVER: pgettext_lazy("measure", "export turnover"),
    Measure.EXPORT_TURNOVER_ADDITIONAL: pgettext_lazy("measure", "additional export turnover"),
    Measure.EXPORT_RECEIPTS: pgettext_lazy("measure", "export receipts"),
    Measure.GROWTH: pgettext_lazy("measure", "growth"),
    Measure.ENVELOPE: pgettext_lazy("measure", "envelope"),
    Measure.CAPITAL: pgettext_lazy("measure", "capital"),
    Measure.SUBSIDY: pgettext_lazy("measure", "subsidy"),
    Measure.PREMIUM_PER_JOB: pgettext_lazy("measure", "premium per job"),
    Measure.BENEFIT_RATE: pgettext_lazy("measure", "rate of the benefit"),
    Measure.BENEFIT_AMOUNT: pgettext_lazy("measure", "amount of the benefit"),
    Measure.BENEFIT_DURATION: pgettext_lazy("measure", "duration of the benefit"),
    Measure.ELIGIBLE_INVESTMENT: pgettext_lazy("measure", "investment asked for"),
    Measure.ELIGIBLE_JOBS: pgettext_lazy("measure", "jobs asked for"),
    Measure.LAND_AREA: pgettext_lazy("measure", "land"),
    Measure.LAND_DEVELOPED: pgettext_lazy("measure", "developed land"),
    Measure.OFFICE_AREA: pgettext_lazy("measure", "offices"),
    Measure.OFFICE_AREA_EXTENSION: pgettext_lazy("measure", "extension of offices"),
    Measure.SERVICES_AREA: pgettext_lazy("measure", "services"),
    Measure.BUILDING_AREA: pgettext_lazy("measure", "buildings"),
    Measure.OCCUPANCY: pgettext_lazy("measure", "occupancy"),
    Measure.COMPANIES: pgettext_lazy("measure", "companies"),
    Measure.CALL_CENTRES: pgettext_lazy("measure", "call centres"),
    Measure.STUDENTS: pgettext_lazy("measure", "students"),
    Measure.MEMBERS: pgettext_lazy("measure", "members"),
    Measure.STATES: pgettext_lazy("measure", "federal states"),
    Measure.PROVINCES: pgettext_lazy("measure", "provinces"),
    Measure.PARTICIPANTS: pgettext_lazy("measure", "participants"),
    Measure.INVESTORS: pgettext_lazy("measure", "investors"),
    Measure.RANK: pgettext_lazy("measure", "rank"),
    Measure.RANK_CHANGE: pgettext_lazy("measure", "change of rank"),
    Measure.FILES_TREATED: pgettext_lazy("measure", "application files treated"),
    Measure.FILES_FAVOURABLE: pgettext_lazy("measure", "application files with a favourable opinion"),
    Measure.PROJECTS_TREATED: pgettext_lazy("measure", "projects treated"),
    Measure.PROJECTS_APPROVED: pgettext_lazy("measure", "projects approved"),
    Measure.PROJECTS: pgettext_lazy("measure", "projects"),
    Measure.CONVENTIONS: pgettext_lazy("measure", "agreements signed"),
    Measure.DELAY: pgettext_lazy("measure", "delay"),
    Measure.AWARDS: pgettext_lazy("measure", "awards"),
    Measure.SPACES: pgettext_lazy("measure", "spaces"),
    Measure.YEARS_COVERED: pgettext_lazy("measure", "years covered"),
}
"""The name of each measure, as it stands above a figure."""

BOUND_LABELS: dict[kinds.Bound, Promise] = {
    kinds.Bound.EQUAL: pgettext_lazy("bound", "exactly"),
    kinds.Bound.ABOUT: pgettext_lazy("bound", "about"),
    kinds.Bound.AT_LEAST: pgettext_lazy("bound", "at least"),
    kinds.Bound.OVER: pgettext_lazy("bound", "more than"),
    kinds.Bound.AT_MOST: pgettext_lazy("bound", "at most"),
    kinds.Bound.UNDER: pgettext_lazy("bound", "less than"),
    kinds.Bound.RANGE: pgettext_lazy("bound", "from … to …"),
}
"""The name of each bound, as it stands in a list to choose from."""

SCOPE_LABELS: dict[kinds.Scope, Promise] = {
    kinds.Scope.NOT_STATED: _("not stated"),
    kinds.Scope.DIRECT: pgettext_lazy("jobs that are", "direct"),
    kinds.Scope.INDIRECT: pgettext_lazy("jobs that are", "indirect"),
    kinds.Scope.DIRECT_AND_INDIRECT: pgettext_lazy("jobs that are", "direct and indirect"),
    kinds.Scope.STABLE: pgettext_lazy("jobs that are", "stable"),
    kinds.Scope.DIRECT_STABLE: pgettext_lazy("jobs that are", "direct stable"),
    kinds.Scope.NEW: pgettext_lazy("jobs that are", "new"),
    kinds.Scope.NEW_DIRECT: pgettext_lazy("jobs that are", "new direct"),
}
"""The name of each scope."""

RECORD_LABELS: dict[str, Promise] = {
    **{str(kind.value): kind.label for kind in SubjectKind},
    "affiliation": _("Role held"),
    "membership": _("Membership"),
    "establishment": _("Establishment"),
    "space": _("Space"),
    "session": _("Session"),
    "part": _("Part taken"),
    "objective": _("Objective"),
    "obligation": _("Obligation"),
    "rule_set": _("Rules"),
    "award": _("Award"),
    "taxonomy": _("Classification"),
}
"""What became of a citation, by the kind that its room gave."""

UNIT_LABELS: dict[Unit, Promise] = {
    Unit.JOBS: pgettext_lazy("unit", "jobs"),
    Unit.PEOPLE: pgettext_lazy("unit", "people"),
    Unit.POSITIONS: pgettext_lazy("unit", "positions"),
    Unit.MAD: pgettext_lazy("unit", "dirhams"),
    Unit.EUR: pgettext_lazy("unit", "euros"),
    Unit.MAD_PER_JOB: pgettext_lazy("unit", "dirhams per job"),
    Unit.MAD_PER_MONTH: pgettext_lazy("unit", "dirhams per month"),
    Unit.PERCENT: pgettext_lazy("unit", "percent"),
    Unit.M2: pgettext_lazy("unit", "square metres"),
    Unit.HA: pgettext_lazy("unit", "hectares"),
    Unit.DAYS: pgettext_lazy("unit", "days"),
    Unit.MONTHS: pgettext_lazy("unit", "months"),
    Unit.YEARS: pgettext_lazy("unit", "years"),
    Unit.RANK: pgettext_lazy("unit", "rank"),
    Unit.PLACES: pgettext_lazy("unit", "places in the ranking"),
    Unit.COMPANIES: pgettext_lazy("unit", "companies"),
    Unit.CENTRES: pgettext_lazy("unit", "centres"),
    Unit.STUDENTS: pgettext_lazy("unit", "students"),
    Unit.MEMBERS: pgettext_lazy("unit", "members"),
    Unit.STATES: pgettext_lazy("unit", "federal states"),
    Unit.PROVINCES: pgettext_lazy("unit", "provinces"),
    Unit.PARTICIPANTS: pgettext_lazy("unit", "participants"),
    Unit.INVESTORS: pgettext_lazy("unit", "investors"),
    Unit.FILES: pgettext_lazy("unit", "application files"),
    Unit.PROJECTS: pgettext_lazy("unit", "projects"),
    Unit.CONVENTIONS: pgettext_lazy("unit", "agreements"),
    Unit.AWARDS: pgettext_lazy("unit", "awards"),
    Unit.SPACES: pgettext_lazy("unit", "spaces"),
    Unit.EDITIONS: pgettext_lazy("unit", "editions"),
}
"""The name of each unit, as it stands in a list to choose from."""

LEDGER_WORDS = (
    pgettext_lazy("ledger", "add document"),
    pgettext_lazy("ledger", "attach text"),
    pgettext_lazy("ledger", "add silence"),
    pgettext_lazy("ledger", "publish document"),
    pgettext_lazy("ledger", "record figure"),
    pgettext_lazy("ledger", "replace figure"),
    pgettext_lazy("ledger", "publish figure"),
    pgettext_lazy("ledger", "record statement"),
    pgettext_lazy("ledger", "publish statement"),
    pgettext_lazy("ledger", "set against"),
    pgettext_lazy("ledger", "document"),
    pgettext_lazy("ledger", "figure"),
    pgettext_lazy("ledger", "statement"),
    pgettext_lazy("ledger", "contradiction"),
)
"""How the ledger says what is done to documents, figures and statements."""
