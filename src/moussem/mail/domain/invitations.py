"""The letter to a person who was given a role: where to choose a password, or where to log in."""

from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.urls import reverse

from moussem.accounts.domain.passwords import password_address
from moussem.accounts.enums import Role
from moussem.accounts.models import Promoter, User
from moussem.core.actor import task_actor
from moussem.mail.domain.outbox import queue
from moussem.mail.domain.templates import Rendered, from_templates, mail_template
from moussem.mail.models import Message

INVITATION = "accounts.invitation"


@mail_template(INVITATION, essential=True)
def invitation(message: Message) -> Rendered:
    """Render the letter; the address in it is made now, and is good for three days."""
    user = User.objects.get(public_id=message.arguments["user"])
    address = settings.SITE_URL + reverse("account_login") if user.has_usable_password() else password_address(user)
    context = {
        "promoter": message.promoter.name,
        "role": Role(message.arguments["role"]).label,
        "address": address,
        "has_password": user.has_usable_password(),
    }
    return from_templates("mail/letters/invitation", context, message.language)


def queue_invitation(*, user: UUID, promoter: UUID, role: str, key: str, at: datetime) -> Message:
    """Queue the letter for one role given to one user; the same `key` again is the same letter."""
    invited, home = User.objects.get(public_id=user), Promoter.objects.get(public_id=promoter)
    return queue(
        template=INVITATION,
        to=invited.email,
        language=invited.language or settings.LANGUAGE_CODE,
        key=key,
        promoter=home,
        by=task_actor("invite", promoter_pk=home.pk, promoter_key=home.key),
        at=at,
        user=invited.public_id,
        role=role,
    )
