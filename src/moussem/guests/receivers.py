"""Answers to news of lower rooms."""

from django.utils import timezone

from moussem.core.actor import task_actor
from moussem.core.models import NewsItem
from moussem.core.news import receiver
from moussem.events.models import Event
from moussem.events.news import SEATS_CHANGED
from moussem.guests.domain.answers import fill_seats


@receiver(SEATS_CHANGED)
def offer_new_seats(item: NewsItem) -> None:
    """Offer seats that were added to those who wait; told again, nobody waits for them any more."""
    event = Event.objects.select_related("promoter").get(public_id=item.arguments["event"])
    by = task_actor("offer_new_seats", promoter_pk=event.promoter_id, promoter_key=event.promoter.key)
    fill_seats(by=by, at=timezone.now(), event=event)
