"""Two at one agenda: who moves a session second is told, two publications are two versions; the naive ways lose one."""

import threading

import pytest
from django.db import IntegrityError, OperationalError

from moussem.core.versions import ChangedMeanwhile
from moussem.events.domain.agendas import NothingChanged, publish_agenda
from moussem.events.domain.hours import hours_columns
from moussem.events.domain.sessions import move_session
from moussem.events.models import AgendaVersion, Event, Session
from tests.events.agendas import a_fair, a_session, a_space, hours
from tests.factories.accounts import AT, a_promoter, at_work
from tests.racing import at_once

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 5
PLACES = (("Salle A", "14:00"), ("Cour", "16:00"))


@pytest.fixture
def by():
    return at_work(a_promoter("cri"), "organiser")


def raced(by, save):
    """Both moves of one session, each by who has read it as it stood; how they ended, and the session."""
    event = a_fair(by, publish=False)
    session = a_session(by, event, "Débat", "10:00", "11:00")
    caught = []

    def move(place, begins):
        space, mine = a_space(by, event, place), Session.objects.select_related("event").get(pk=session.pk)

        def act():
            try:
                save(mine, space, hours(begins))
            except ChangedMeanwhile as changed:
                caught.append((changed.current, changed.attempted))
                raise

        return act

    ended = at_once(*(move(*place) for place in PLACES), refused=(ChangedMeanwhile, OperationalError))
    session.refresh_from_db()
    return sorted(ended), session, caught


def test_of_two_who_move_a_session_one_is_told_with_both_versions(by):
    for _ in range(TIMES):
        ended, session, caught = raced(
            by,
            lambda mine, space, at: move_session(
                by=by, at=AT, session=mine, read_version=mine.version, space=space, hours=at
            ),
        )
        assert ended == ["", "ChangedMeanwhile"]
        current, attempted = caught[0]
        assert (current.local_time, current.space_id) == (session.local_time, session.space_id)
        assert {current.local_time[11:], attempted["local_time"][11:]} == {"14:00", "16:00"}


def test_the_naive_way_which_saves_the_row_it_has_read_loses_one_move(by):
    """The control: both save, and the first move is gone without a word."""

    def save(mine, space, at):
        mine.space = space
        for name, value in hours_columns(mine.event, at).items():
            setattr(mine, name, value)
        mine.save()

    ended, session, caught = raced(by, save)
    assert (ended, caught, session.version) == (["", ""], [], 1)


def test_two_who_publish_at_once_publish_one_version(by):
    for _ in range(TIMES):
        event = a_fair(by, publish=False)
        a_session(by, event, "Débat", "10:00")

        def act(event=event):
            publish_agenda(by=by, at=AT, event=Event.objects.get(pk=event.pk))

        assert sorted(at_once(act, act, refused=(NothingChanged,))) == ["", "NothingChanged"]
        assert list(AgendaVersion.objects.filter(event=event).values_list("number", "replaced_at")) == [(1, None)]


def test_the_naive_way_which_counts_and_then_writes_is_stopped_by_the_database(by):
    """The control: without the event's lock both find that theirs is the first version."""
    event = a_fair(by, publish=False)
    counted = threading.Barrier(2)

    def act():
        number = AgendaVersion.objects.filter(event=event).count() + 1
        counted.wait(timeout=30)
        AgendaVersion.objects.create(promoter=event.promoter, event=event, number=number, frozen_at=AT)

    assert sorted(at_once(act, act, refused=(IntegrityError,))) == ["", "IntegrityError"]
