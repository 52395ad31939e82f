"""Answers to news of lower rooms."""

from django.utils import timezone

from moussem.core.actor import task_actor
from moussem.core.models import NewsItem
from moussem.core.news import receiver
from moussem.events.models import Event
from moussem.events.news import SEATS_CHANGED
from moussem.guests.domain.answers import fill_seats
from moussem.guests.domain.undelivered import note_undelivered
from moussem.mail.models import Message
from moussem.mail.news import NOT_DELIVERED


@receiver(SEATS_CHANGED)
def offer_new_seats(item: NewsItem) -> None:
    """Offer seats that were added to those who wait; told again, nobody waits for them any more."""
    event = Event.objects.select_related("promoter").get(public_id=item.arguments["event"])
    by = task_actor("offer_new_seats", promoter_pk=event.promoter_id, promoter_key=event.promoter.key)
    fill_seats(by=by, at=timezone.now(), event=event)


@receiver(NOT_DELIVERED)
def note_what_did_not_arrive(item: NewsItem) -> None:
    """Note on the invitation that its letter did not arrive; told again, it is noted already."""
    message = Message.objects.select_related("promoter").get(public_id=item.arguments["message"])
    promoter = message.promoter
    by = task_actor("note_what_did_not_arrive", promoter_pk=promoter.pk, promoter_key=promoter.key)
    note_undelivered(by=by, at=timezone.now(), message=message)
