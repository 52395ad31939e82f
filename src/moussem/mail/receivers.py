"""Answers to news of lower rooms."""

from uuid import UUID

from moussem.accounts.news import USER_INVITED
from moussem.core.models import NewsItem
from moussem.core.news import receiver
from moussem.mail.domain.invitations import queue_invitation


@receiver(USER_INVITED)
def write_to_the_invited(item: NewsItem) -> None:
    """Queue the letter, once however often the news is told."""
    told = item.arguments
    queue_invitation(
        user=UUID(told["user"]),
        promoter=UUID(told["promoter"]),
        role=told["role"],
        key=f"invitation:{item.public_id}",
        at=item.created_at,
    )
