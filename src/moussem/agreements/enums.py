"""The words of agreements."""

from django.db import models
from django.utils.translation import pgettext_lazy


class AgreementKind(models.TextChoices):
    """What sort of act it is."""

    CONVENTION = "convention", pgettext_lazy("agreement", "Convention")
    FRAMEWORK = "framework", pgettext_lazy("agreement", "Framework convention")
    MOU = "mou", pgettext_lazy("agreement", "Memorandum of understanding")
    PACT = "pact", pgettext_lazy("agreement", "Shareholders' pact")
    CONTRACT = "contract", pgettext_lazy("agreement", "Contract")
    PARTNERSHIP = "partnership", pgettext_lazy("agreement", "Partnership")


class AgreementState(models.TextChoices):
    """Where an agreement stands."""

    PREPARED = "prepared", pgettext_lazy("agreement", "Being prepared")
    SIGNED = "signed", pgettext_lazy("agreement", "Signed")
    ENDED = "ended", pgettext_lazy("agreement", "Ended")


class DutyKind(models.TextChoices):
    """How far a line of an agreement binds: an objective names an aim, an obligation somebody who owes it."""

    OBLIGATION = "obligation", pgettext_lazy("agreement", "Obligation")
    OBJECTIVE = "objective", pgettext_lazy("agreement", "Objective")
