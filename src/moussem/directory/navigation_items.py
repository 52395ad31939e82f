"""Where the pages of the directory are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.PUBLIC, _("Organisations"), "directory:organisations-list", anyone, order=30))
register(NavigationItem(Verb.PUBLIC, _("Parks"), "directory:parks-list", anyone, order=40))
