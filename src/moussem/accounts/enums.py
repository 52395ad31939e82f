"""The words of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """What a user is at one promoter."""

    PROMOTER_ADMINISTRATOR = "promoter_administrator", _("Promoter administrator")
    ORGANISER = "organiser", _("Organiser")
    ACCOUNT_OWNER = "account_owner", _("Account owner")
    FUND_OFFICER = "fund_officer", _("Fund officer")
    JUROR = "juror", _("Juror")
    OBSERVER = "observer", _("Observer")


INSTALLATION_ADMINISTRATOR = "installation_administrator"
INSTALLATION_ADMINISTRATOR_LABEL = _("Installation administrator")


class PromoterKind(models.TextChoices):
    """What sort of tenant a promoter is."""

    COMMONS = "commons", _("Commons")
    PROMOTER = "promoter", _("Promoter")
    PLAYGROUND = "playground", _("Playground")


class LinkPurpose(models.TextChoices):
    """What a personal link opens; a link for one purpose opens nothing else."""

    ANSWER = "answer", _("Answer an invitation")
    SIGN = "sign", _("Sign an agreement")
    DECLARE = "declare", _("Declare headcount")
    CONSENT = "consent", _("Consent and refusal")


class TokenVerb(models.TextChoices):
    """What a token may do."""

    READ = "read", _("Reading")
    WRITE = "write", _("Writing")
