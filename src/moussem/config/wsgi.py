"""The WSGI application that the server runs; it does not come up where a start-up check fails."""

import gc
import os

from django.core.management.base import BaseCommand
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "moussem.config.settings")
application = get_wsgi_application()
# A server that is started without a command of ours holds the same: no view without its door.
BaseCommand().check()
# What was made so far stays until the end. Walking it at each full round of the collector would hold a page up for some
# eighty milliseconds, every twentieth large answer or so.
gc.collect()
gc.freeze()
# A page's objects go as soon as it is sent, without the collector; the few that lie in circles are found by its short
# rounds. A full round, which holds a page up for some twenty milliseconds, is made every few million objects.
gc.set_threshold(700, 10, 500)
