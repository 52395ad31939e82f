"""Background work of the directory."""

from django.utils import timezone

from moussem.accounts.models import Promoter
from moussem.core.actor import task_actor
from moussem.core.jobs import runner
from moussem.directory.domain.duplicates import propose_duplicates
from moussem.directory.enums import FIND_DUPLICATES


@runner(FIND_DUPLICATES)
def find_duplicates(*, promoter: str) -> None:
    """Propose what may be one in the directory of the promoter with this key; run again, it proposes nothing new."""
    owner = Promoter.objects.get(public_id=promoter)
    actor = task_actor(FIND_DUPLICATES, promoter_pk=owner.pk, promoter_key=owner.key)
    propose_duplicates(by=actor, at=timezone.now())
