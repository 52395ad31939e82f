"""What the directory adds to the pages and registries that rooms share."""

from moussem.core import threads, timelines
from moussem.core.navigation import Verb
from moussem.directory.domain.queries import thread
from moussem.directory.domain.queries.sayings import said_figures, said_statements
from moussem.directory.domain.queries.timeline import affiliation_entries, establishment_entries

timelines.register(establishment_entries)
timelines.register(affiliation_entries)
timelines.register(said_figures)
timelines.register(said_statements)
threads.register(Verb.SIGN, thread.signed)
threads.register(Verb.LAND, thread.landed)
threads.register(Verb.COUNT, thread.counted)
