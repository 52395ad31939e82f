"""Where the observatory is reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.PUBLIC, _("Observatory"), "observatory:index", anyone, order=5))
register(NavigationItem(Verb.PUBLIC, _("Indicators"), "observatory:indicators", anyone, order=50))
