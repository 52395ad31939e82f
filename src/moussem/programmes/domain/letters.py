"""Letters to applicants: to each user who acts for the organisation, rendered when they are sent."""

from datetime import datetime

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from moussem.accounts.models import Promoter
from moussem.core.actor import Actor
from moussem.core.formats import money
from moussem.core.texts import say
from moussem.directory.models import Representation
from moussem.engines.values.units import Unit, from_scaled
from moussem.mail.domain.outbox import queue
from moussem.mail.domain.templates import Rendered, from_templates, mail_template
from moussem.mail.models import Message
from moussem.programmes.enums import DETERMINATION_LETTER, MORE_ASKED_LETTER, Decision
from moussem.programmes.models import Application, Determination


def write_to_applicant(letter: str, *, by: Actor, at: datetime, application: Application) -> int:
    """Queue a letter to everybody who acts for the applicant now; answers how many. One change, one letter each."""
    acting = Representation.objects.filter(organisation=application.organisation_id, until=None)
    users = [row.user for row in acting.select_related("user").order_by("pk") if row.user.is_active]
    for user in users:
        queue(
            template=letter, to=user.email, language=user.language or settings.LANGUAGE_CODE,
            key=f"{letter}:{application.public_id}:{application.version}:{user.public_id}",
            promoter=Promoter.objects.get(pk=application.promoter_id), by=by, at=at,
            application=application.public_id,
        )  # fmt: skip
    return len(users)


def _application(message: Message) -> Application:
    rows = Application.objects.select_related("organisation", "call__programme")
    return rows.get(public_id=message.arguments["application"])


def _address(application: Application, language: str) -> str:
    with translation.override(language):
        path = reverse("programmes:applications-page", kwargs={"application": application.public_id})
    return f"{settings.SITE_URL}{path}"


@mail_template(DETERMINATION_LETTER, essential=True)
def determination_letter(message: Message) -> Rendered:
    """The decision: yes or no, the amount, the reason, and the assessment in the words frozen with it."""
    application = _application(message)
    row = Determination.objects.get(application=application)
    spoken = row.assessment["words"].get(message.language) or row.assessment["words"]["fr"]
    amount = None if row.amount is None else money(from_scaled(row.amount, Unit.MAD), "MAD", message.language)
    context = {
        "promoter": message.promoter.name, "application": application, "programme": _programme(application, message),
        "is_award": row.decision == Decision.AWARD, "amount": amount, "words": row.words,
        "reasons": spoken["reasons"], "rule_set": row.assessment["rule_set_number"],
        "address": _address(application, message.language),
    }  # fmt: skip
    return from_templates("programmes/letters/determination", context, message.language)


@mail_template(MORE_ASKED_LETTER, essential=True)
def more_asked_letter(message: Message) -> Rendered:
    """What is asked for, and where to complete it."""
    application = _application(message)
    context = {
        "promoter": message.promoter.name, "application": application, "programme": _programme(application, message),
        "words": application.more_words, "address": _address(application, message.language),
    }  # fmt: skip
    return from_templates("programmes/letters/more_asked", context, message.language)


def _programme(application: Application, message: Message) -> str:
    return say(application.call.programme.name, message.language)
