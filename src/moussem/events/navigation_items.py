"""Where the pages of events are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.PUBLIC, _("Events"), "events:events-list", anyone, order=50))
