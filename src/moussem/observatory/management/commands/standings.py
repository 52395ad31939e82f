"""`moussem standings`: work out the kept sums of every large dossier now."""

import time
from typing import Any

from django.core.management.base import BaseCommand
from django.utils import timezone

from moussem.core.texts import say
from moussem.observatory.domain.standings import ask_standing, large_places, work_out_standing


class Command(BaseCommand):
    """Work out what the figures of each large place and park come to, and say how many were read."""

    help = "Work out the sums of every dossier that is too large to be added up at each request."

    def handle(self, *args: Any, **options: Any) -> None:
        """One place after the other; each is kept as soon as it is done."""
        places = large_places()
        for place in places:
            began = time.monotonic()
            standing = ask_standing(place)
            work_out_standing(standing, turn=standing.asked, at=timezone.now())
            standing.refresh_from_db()
            spent = time.monotonic() - began
            self.stdout.write(f"{say(place.label)}: {standing.figures} figures, {spent:.1f} s")
        self.stdout.write(f"{len(places)} large dossiers")
