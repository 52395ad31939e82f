"""The mail's own work: sending."""

from uuid import UUID

from django.utils import timezone

from moussem.core.jobs import runner
from moussem.mail.domain.outbox import let_batch_go
from moussem.mail.domain.sending import send
from moussem.mail.enums import LET_GO, SEND
from moussem.mail.models import Message


@runner(SEND)
def send_message(*, message: str) -> None:
    """Send one message; where no server answers the job waits and is tried again."""
    send(message=Message.objects.select_related("promoter").get(public_id=message), at=timezone.now())


@runner(LET_GO)
def let_go(*, batch: str) -> None:
    """Ask for each mail of a batch to be sent, now that none is withdrawn any more."""
    let_batch_go(batch=UUID(batch))
