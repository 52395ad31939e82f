"""What the workers do for meetings by themselves."""

from django.utils import timezone

from moussem.core.jobs import every
from moussem.meetings.domain.outcomes import ask_outcomes
from moussem.meetings.domain.requests import expire_requests
from moussem.meetings.enums import ASK_OUTCOMES, EXPIRE_REQUESTS


@every(EXPIRE_REQUESTS, seconds=600)
def close_what_expired() -> None:
    """Close the requests to meet that were not answered in time."""
    expire_requests(at=timezone.now())


@every(ASK_OUTCOMES, seconds=600)
def ask_what_came_of_them() -> None:
    """Ask the guests whose meetings were yesterday or before whether they took place."""
    ask_outcomes(at=timezone.now())
