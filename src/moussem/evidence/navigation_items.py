"""Where the pages of evidence are reached from."""

from django.utils.translation import gettext_lazy as _

from moussem.core import waiting
from moussem.core.doors import anyone
from moussem.core.navigation import NavigationItem, Verb, register
from moussem.evidence.domain.queries.records import first_subject_label, unpublished_figures
from moussem.evidence.permissions import can_see_desk

register(NavigationItem(Verb.PUBLIC, _("Documents"), "evidence:documents-list", anyone, order=10))
register(NavigationItem(Verb.COUNT, _("Figures"), "evidence_desk:figures-list", can_see_desk, order=10))
register(NavigationItem(Verb.COUNT, _("Facts"), "evidence_desk:statements-list", can_see_desk, order=20))
register(NavigationItem(Verb.COUNT, _("Documents"), "evidence_desk:documents-list", can_see_desk, order=30))
waiting.register(
    waiting.WaitingSource(
        Verb.COUNT,
        _("Figures not yet published"),
        can_see_desk,
        unpublished_figures,
        title=first_subject_label(),
        texts=True,
        on="recorded_at",
        url_name="evidence_desk:figures-list",
        query="published=no",
        row_url="evidence_desk:figures-page",
        row_key=("figure", "public_id"),
        order=800,
    )
)
