"""Background work of the observatory."""

from django.utils import timezone

from moussem.core.jobs import every, runner
from moussem.observatory.domain.standings import ask_stale_standings, ask_standings, work_out_standing
from moussem.observatory.enums import ASK_STANDINGS, FIND_STALE_STANDINGS, WORK_OUT_STANDING
from moussem.observatory.models import Standing


@runner(WORK_OUT_STANDING, lease_s=900)
def work_out(*, standing: int, turn: int) -> None:
    """Work out and keep the sums of one large dossier; the same turn again keeps the same sums."""
    row = Standing.objects.select_related("subject").get(pk=standing)
    work_out_standing(row, turn=turn, at=timezone.now())


@runner(ASK_STANDINGS)
def ask(*, subjects: list[int]) -> None:
    """Ask for the sums around subjects whose embargo has ended."""
    ask_standings(subjects)


@every(FIND_STALE_STANDINGS, seconds=3600)
def find_stale() -> None:
    """Ask for the sums of large dossiers that have none yet or that were read from other figures."""
    ask_stale_standings()
