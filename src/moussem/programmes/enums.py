"""The words of programmes."""

from django.db import models
from django.utils.translation import pgettext_lazy


class ProgrammeKind(models.TextChoices):
    """What a programme gives."""

    GRANT = "grant", pgettext_lazy("programme", "Grant")
    EQUITY = "equity", pgettext_lazy("programme", "Equity")
    TAX_BENEFIT = "tax_benefit", pgettext_lazy("programme", "Tax benefit")
    PREMIUM = "premium", pgettext_lazy("programme", "Premium per job")
    INCUBATION = "incubation", pgettext_lazy("programme", "Incubation")
    SUPPORT = "support", pgettext_lazy("programme", "Support")
    AWARD = "award", pgettext_lazy("programme", "Award")


class Fact(models.TextChoices):
    """What a rule may ask of a project; each is stated in one unit."""

    INVESTMENT = "investment", pgettext_lazy("fact of a project", "Investment")
    JOBS = "jobs", pgettext_lazy("fact of a project", "Jobs to create")
    STABLE_JOBS = "stable_jobs", pgettext_lazy("fact of a project", "Stable jobs")


class ApplicationState(models.TextChoices):
    """Where an application stands."""

    DRAFT = "draft", pgettext_lazy("application", "Being written")
    SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
    MORE_ASKED = "more_asked", pgettext_lazy("application", "More information asked for")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
    AWARDED = "awarded", pgettext_lazy("application", "Accepted")
    REFUSED = "refused", pgettext_lazy("application", "Refused")


class Decision(models.TextChoices):
    """What was determined."""

    AWARD = "award", pgettext_lazy("determination", "Accepted")
    REFUSE = "refuse", pgettext_lazy("determination", "Refused")


DETERMINATION_LETTER = "programmes.determination"
MORE_ASKED_LETTER = "programmes.more_asked"
