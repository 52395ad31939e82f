"""Today, before the seven verbs."""

from django.utils.translation import gettext_lazy as _

from moussem.accounts.permissions import is_staff
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.TODAY, _("Today"), "desk:today", is_staff))
