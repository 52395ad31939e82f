"""The core's own work: delivering news, and clearing away what was only kept against repetition."""

from datetime import timedelta

from django.utils import timezone

from moussem.core.jobs import every, runner
from moussem.core.models import Job, JobState, NewsItem, Submission
from moussem.core.news import DELIVER_NEWS, deliver

SUBMISSIONS_KEPT = timedelta(days=7)
JOBS_KEPT = timedelta(days=90)


@runner(DELIVER_NEWS)
def deliver_news(*, item: int, to: str) -> None:
    """Give one news item to one receiver."""
    deliver(NewsItem.objects.get(pk=item), to)


@every("core.purge", seconds=3600)
def purge() -> None:
    """Delete submissions older than a week, and jobs and news done for 90 days; failed jobs stay."""
    now = timezone.now()
    Submission.objects.filter(created_at__lt=now - SUBMISSIONS_KEPT).delete()
    Job.objects.filter(state=JobState.DONE, finished_at__lt=now - JOBS_KEPT).delete()
    NewsItem.objects.filter(created_at__lt=now - JOBS_KEPT).delete()
