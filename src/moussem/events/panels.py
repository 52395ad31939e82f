"""What events add to the timelines and threads that rooms share."""

from moussem.core import threads, timelines
from moussem.core.navigation import Verb
from moussem.events.domain.queries.timeline import event_entries, met

timelines.register(event_entries)
threads.register(Verb.MEET, met)
