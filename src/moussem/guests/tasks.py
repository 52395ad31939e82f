"""The guests' own work: what was not answered in time, the next waves, and changes of the day."""

from django.utils import timezone

from moussem.core.jobs import every
from moussem.guests.domain.changes import tell_changes_everywhere
from moussem.guests.domain.invitations import expire_everywhere
from moussem.guests.domain.waves import fill_waves_everywhere
from moussem.guests.enums import EXPIRE, FILL_WAVES, TELL_CHANGES


@every(EXPIRE, seconds=600)
def expire() -> None:
    """Note which guests of events that have begun did not answer; done twice, it notes nothing new."""
    expire_everywhere(at=timezone.now())


@every(FILL_WAVES, seconds=60)
def fill_waves() -> None:
    """Invite the next of each list whose waves are on, where somebody lacks; done twice, nobody lacks any more."""
    fill_waves_everywhere(at=timezone.now())


@every(TELL_CHANGES, seconds=30)
def tell_changes() -> None:
    """Tell guests of events that moved or were cancelled; done twice, what was told is not told again."""
    tell_changes_everywhere(at=timezone.now())
