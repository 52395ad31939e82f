"""The mail's own work: sending."""

from django.utils import timezone

from moussem.core.jobs import runner
from moussem.mail.domain.sending import send
from moussem.mail.enums import SEND
from moussem.mail.models import Message


@runner(SEND)
def send_message(*, message: str) -> None:
    """Send one message; where no server answers the job waits and is tried again."""
    send(message=Message.objects.select_related("promoter").get(public_id=message), at=timezone.now())
