"""The guests' own work: invitations that were not answered in time."""

from django.utils import timezone

from moussem.core.jobs import every
from moussem.guests.domain.invitations import expire_everywhere
from moussem.guests.enums import EXPIRE


@every(EXPIRE, seconds=600)
def expire() -> None:
    """Note which guests of events that have begun did not answer; done twice, it notes nothing new."""
    expire_everywhere(at=timezone.now())
