"""Where the pages of evidence are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register

register(NavigationItem(Verb.PUBLIC, _("Documents"), "evidence:documents-list", anyone, order=10))
