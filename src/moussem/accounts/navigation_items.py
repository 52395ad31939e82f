"""Where the pages of accounts are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.accounts.permissions import is_promoter_administrator
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.ADMINISTRATION, _("Colleagues and roles"), "users-list", is_promoter_administrator, 10))
register(NavigationItem(Verb.ADMINISTRATION, _("API tokens"), "tokens-list", is_promoter_administrator, 20))
