"""The ledger's own work: sealing within a second, walking the chains once a day."""

import logging

from django.utils import timezone

from moussem.audit.domain.marks import join_marks
from moussem.audit.domain.sealing import seal_all
from moussem.audit.domain.verification import record_verification, verify_all
from moussem.audit.enums import JOIN_MARKS, SEAL, VERIFY
from moussem.core.jobs import every

log = logging.getLogger(__name__)


@every(SEAL, seconds=1)
def seal() -> None:
    """Join what was written since to its chain; a chain that does not hold is left alone and told of."""
    for key in seal_all().broken:
        log.error("the ledger's chain %s does not hold and is not sealed further: run `moussem verify`", key or "''")


@every(VERIFY, seconds=86_400)
def verify() -> None:
    """Walk every chain and note the outcome where staff see it."""
    for report in verify_all():
        record_verification(report=report, at=timezone.now())
        if not report.holds:
            log.error("the ledger's chain %s has %d faults", report.promoter_key or "''", report.fault_count)


@every(JOIN_MARKS, seconds=60)
def join() -> None:
    """Join the marks of what changed on public pages, so that their sum stays quick to read."""
    join_marks()
