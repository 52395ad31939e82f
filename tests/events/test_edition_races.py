"""Two who set up the next edition at once: one edition, and the other is told; the naive way makes two."""

import threading

import pytest
from django.db import OperationalError, connections

from moussem.events.domain.editions import NextFacts, NotTheLast, next_edition
from moussem.events.domain.events import EventFacts, add_event, add_series
from moussem.events.enums import EventKind
from moussem.events.models import Event, Series
from tests.factories.accounts import AT, a_promoter, at_work
from tests.factories.directory import an_event

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 10


@pytest.fixture
def by():
    return at_work(a_promoter("cri"), "organiser")


def both_at_once(set_up, event):
    """Two threads that follow the same edition, started together; how each ended: "" or the refusal's name."""
    together, ended = threading.Barrier(2), ["", ""]

    def one(number):
        fresh = Event.objects.get(pk=event.pk)
        together.wait()
        try:
            set_up(fresh, together)
        except (NotTheLast, OperationalError) as refusal:
            ended[number] = type(refusal).__name__
        finally:
            connections.close_all()

    threads = [threading.Thread(target=one, args=(number,)) for number in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@pytest.mark.parametrize("in_series", [True, False], ids=["of a series", "the first one"])
def test_two_who_set_up_the_next_edition_end_with_one(by, in_series):
    for turn in range(TIMES):
        series = add_series(by=by, at=AT, name={"fr": f"Salon {turn}"}) if in_series else None
        last = an_event(by, f"Salon {turn}", publish=False, series=series, edition=17 if in_series else None)

        def set_up(event, together):
            next_edition(by=by, at=AT, event=event, facts=NextFacts({"fr": "Suivant"}))

        assert both_at_once(set_up, last) == ["", "NotTheLast"]
        last.refresh_from_db()
        assert Event.objects.filter(series=last.series, edition=last.edition + 1).count() == 1
        assert Series.objects.count() == turn + 1


def test_the_naive_way_which_looks_first_and_then_writes_makes_two(by):
    """The control: two who have both looked both find that theirs is the last."""
    series = add_series(by=by, at=AT, name={"fr": "Salon"})
    last = an_event(by, "Salon", publish=False, series=series, edition=17)

    def set_up(event, together):
        number = event.edition + 1
        is_last = not Event.objects.filter(series=event.series, edition=number).exists()
        together.wait()
        if is_last:
            facts = EventFacts(kind=EventKind.TRADE_SHOW, name={"fr": "Suivant"}, series=event.series, edition=number)
            add_event(by=by, at=AT, facts=facts)

    assert both_at_once(set_up, last) == ["", ""]
    assert Event.objects.filter(series=series, edition=18).count() == 2
