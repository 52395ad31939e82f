"""The letter that asks an operator for a headcount return; its personal link is made when the letter is sent."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moussem.accounts.domain.links import link_address
from moussem.core.formats import day, period
from moussem.directory.domain.queries.brief import where
from moussem.mail.domain.templates import Rendered, from_templates, mail_template
from moussem.mail.models import Message
from moussem.projects.models import HeadcountReturn

HEADCOUNT_RETURN = "projects.headcount-return"


@mail_template(HEADCOUNT_RETURN)
def headcount_return(message: Message) -> Rendered:
    """Render the letter: which establishment, which period, until when, and the page of three numbers."""
    row = HeadcountReturn.objects.select_related(
        "establishment__organisation", "establishment__park", "establishment__place", "link"
    ).get(public_id=UUID(message.arguments["headcount_return"]))
    context = {
        "promoter": message.promoter.name,
        "organisation": row.establishment.organisation.name,
        "where": where(row.establishment),
        "period": period(row.period, message.language),
        "due": day(row.due_on, message.language),
        "address": settings.SITE_URL + reverse("link", args=[link_address(row.link)]) if row.link else "",
    }
    return from_templates("projects/letters/headcount_return", context, message.language)
