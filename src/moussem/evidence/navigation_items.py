"""Where the pages of evidence are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.evidence.permissions import can_see_desk

register(NavigationItem(Verb.PUBLIC, _("Documents"), "evidence:documents-list", anyone, order=10))
register(NavigationItem(Verb.COUNT, _("Figures"), "evidence_desk:figures-list", can_see_desk, order=10))
register(NavigationItem(Verb.COUNT, _("Facts"), "evidence_desk:statements-list", can_see_desk, order=20))
register(NavigationItem(Verb.COUNT, _("Documents"), "evidence_desk:documents-list", can_see_desk, order=30))
