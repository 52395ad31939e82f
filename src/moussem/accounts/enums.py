"""The words of accounts."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(models.TextChoices):
    """What a user is at one promoter."""

    PROMOTER_ADMINISTRATOR = "promoter_administrator", _("Promoter administrator")
    ORGANISER = "organiser", _("Organiser")
    ACCOUNT_OWNER = "account_owner", _("Account owner")
    FUND_OFFICER = "fund_officer", _("Fund officer")
    JUROR = "juror", _("Juror")
    OBSERVER = "observer", _("Observer")


ROLE_MEANINGS = {
    Role.PROMOTER_ADMINISTRATOR: _("Invites colleagues, gives roles, makes API tokens, reads the ledger."),
    Role.ORGANISER: _("Prepares events and invitations, records facts and publishes them."),
    Role.ACCOUNT_OWNER: _("Follows organisations and people, and decides doubtful matches."),
    Role.FUND_OFFICER: _("Keeps programmes, applications and what they lead to."),
    Role.JUROR: _("Reads only what is to be judged."),
    Role.OBSERVER: _("Reads the desk and changes nothing."),
}
"""What each role is for, in one sentence."""
REPRESENTATIVE_MEANING = _("Acts for an organisation: declares its staff, follows its projects and applications.")
"""What an account without a role is for."""

INSTALLATION_ADMINISTRATOR = "installation_administrator"
INSTALLATION_ADMINISTRATOR_LABEL = _("Installation administrator")
INSTALLATION_ADMINISTRATOR_MEANING = _("Founds promoters and closes accounts; sees none of their records.")


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


LEDGER_WORDS = (
    pgettext_lazy("ledger", "create promoter"),
    pgettext_lazy("ledger", "create user"),
    pgettext_lazy("ledger", "deactivate user"),
    pgettext_lazy("ledger", "grant role"),
    pgettext_lazy("ledger", "end role"),
    pgettext_lazy("ledger", "choose language"),
    pgettext_lazy("ledger", "create link"),
    pgettext_lazy("ledger", "create links"),
    pgettext_lazy("ledger", "renew link"),
    pgettext_lazy("ledger", "revoke link"),
    pgettext_lazy("ledger", "renew links"),
    pgettext_lazy("ledger", "revoke links"),
    pgettext_lazy("ledger", "create token"),
    pgettext_lazy("ledger", "revoke token"),
    pgettext_lazy("ledger", "promoter"),
    pgettext_lazy("ledger", "user"),
    pgettext_lazy("ledger", "link"),
    pgettext_lazy("ledger", "token"),
)
"""How the ledger says what is done to promoters, accounts, links and tokens."""
