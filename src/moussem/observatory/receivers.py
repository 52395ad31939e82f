"""Answers to news of lower rooms: which kept sums a change touches."""

from datetime import datetime

from moussem.core.jobs import enqueue
from moussem.core.models import NewsItem
from moussem.core.news import receiver
from moussem.directory.news import MATCH_CHANGED
from moussem.evidence.news import PUBLIC_FIGURES_CHANGED
from moussem.observatory.domain.queries.territories import places_of_holders
from moussem.observatory.domain.standings import ask_standings
from moussem.observatory.enums import ASK_STANDINGS


@receiver(PUBLIC_FIGURES_CHANGED)
def figures_changed(item: NewsItem) -> None:
    """Ask for the sums around what a figure is about, now or when its embargo ends."""
    subjects, opens_at = item.arguments["subjects"], item.arguments["opens_at"]
    if opens_at:
        after = datetime.fromisoformat(opens_at)
        enqueue(ASK_STANDINGS, key=str(item.public_id), run_after=after, subjects=subjects)
    else:
        ask_standings(subjects)


@receiver(MATCH_CHANGED)
def match_changed(item: NewsItem) -> None:
    """Ask for the sums of every place where one of the two firms holds a figure."""
    ask_standings(places_of_holders(item.arguments["subjects"]))
