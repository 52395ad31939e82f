"""Acts that begin at the same moment, each in a thread of its own with its own connection."""

import threading

from django.db import connections

LONGEST_S = 60


def at_once(*acts, refused):
    """Start every act together; how each ended: "" or the name of the refusal, which is one of `refused`."""
    together, ended = threading.Barrier(len(acts)), [""] * len(acts)

    def one(number, act):
        try:
            together.wait(timeout=LONGEST_S)
            act()
        except refused as refusal:
            ended[number] = type(refusal).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(timeout=LONGEST_S)
    return ended
