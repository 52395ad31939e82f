"""What the workers do for meetings by themselves."""

from django.utils import timezone

from moussem.core.jobs import every
from moussem.meetings.domain.requests import expire_requests
from moussem.meetings.enums import EXPIRE_REQUESTS


@every(EXPIRE_REQUESTS, seconds=600)
def close_what_expired() -> None:
    """Close the requests to meet that were not answered in time."""
    expire_requests(at=timezone.now())
