"""Answers to news of lower rooms."""

from uuid import UUID

from moussem.agreements.news import AGREEMENT_SIGNED
from moussem.core.models import NewsItem
from moussem.core.news import receiver
from moussem.projects.domain.openings import open_from_agreement


@receiver(AGREEMENT_SIGNED)
def open_what_is_promised(item: NewsItem) -> None:
    """Open a project for everybody who owes jobs or an investment, once however often the news is told."""
    open_from_agreement(agreement=UUID(item.arguments["agreement"]), at=item.created_at)
