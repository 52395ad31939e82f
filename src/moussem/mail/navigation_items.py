"""The outbox in the navigation."""

from django.utils.translation import gettext_lazy as _

from moussem.accounts.permissions import is_staff
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.INVITE, _("Outbox"), "mail:outbox", is_staff, order=900))
