"""The next edition of a gathering: what it takes over, what it leaves, and who comes second."""

from datetime import date, time, timedelta

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.audit.models import Entry
from moussem.engines.values import period as periods
from moussem.events.domain.editions import NextFacts, NotTheLast, next_edition
from moussem.events.domain.events import add_series, add_session, take_part
from moussem.events.domain.hours import Hours, hours_of
from moussem.events.enums import PartKind
from moussem.events.models import Event
from tests.events.test_desk import of, page, sent
from tests.events.test_templates import DAYS, a_show, desk
from tests.factories.accounts import AT, at_work
from tests.factories.directory import an_event

__all__ = ("desk",)
LATER = periods.span(date(2091, 3, 5), date(2091, 3, 7))


def the_next(by, event, period=LATER, name="18e Salon"):
    return next_edition(by=by, at=AT, event=event, facts=NextFacts({"fr": name}, period))


def test_the_next_edition_takes_spaces_kinds_agenda_and_mails_and_nobody(editor):
    last = a_show(editor, series=add_series(by=editor, at=AT, name={"fr": "Salon"}), edition=17)
    take_part(by=editor, at=AT, event=last, kind=PartKind.SPEAKER, words={"fr": "Une ministre"})
    edition = the_next(editor, last)
    assert (edition.series, edition.edition, edition.period) == (last.series, 18, LATER)
    assert (edition.seats_on_site, edition.mode, edition.letters) == (3000, "both", last.letters)
    assert edition.letters
    for rows in ("spaces", "guest_kinds", "sessions"):
        assert getattr(edition, rows).count() == getattr(last, rows).count() > 0
    for old, new in zip(last.sessions.order_by("position"), edition.sessions.order_by("position"), strict=True):
        assert hours_of(new).on - hours_of(old).on == timedelta(days=364)
        assert (hours_of(new).begins, hours_of(new).ends) == (hours_of(old).begins, hours_of(old).ends)
        assert (new.space.event, new.space.name) == (edition, old.space.name)
    assert not edition.parts.exists()
    assert not edition.is_published


def test_hours_keep_the_clock_on_the_wall_when_the_country_moved_its_clock(editor):
    last = a_show(editor, period=periods.day(date(2026, 2, 10)), zone="Europe/Paris")
    add_session(by=editor, at=AT, event=last, title={"fr": "Tard"}, hours=Hours(date(2026, 2, 10), time(18)))
    edition = the_next(editor, last, periods.day(date(2026, 7, 10)))
    moved = edition.sessions.get(title__fr="Tard")
    assert (hours_of(moved).begins, moved.starts_at.hour, moved.zone) == (time(18), 16, "Europe/Paris")


@pytest.mark.parametrize(("held", "later"), [(None, LATER), (DAYS, None)])
def test_hours_stay_open_where_one_of_the_two_has_no_day(editor, held, later):
    last = a_show(editor, period=held)
    edition = the_next(editor, last, later)
    assert edition.sessions.count() == last.sessions.count()
    assert not edition.sessions.filter(starts_at__isnull=False).exists()


def test_a_gathering_without_a_series_opens_one_as_its_first_edition(editor):
    last = an_event(editor, "Rencontre", publish=False)
    edition = the_next(editor, last)
    last.refresh_from_db()
    assert (last.edition, edition.edition, last.version) == (1, 2, 2)
    assert (edition.series, edition.series.name["fr"]) == (last.series, "Rencontre")
    assert list(Entry.objects.filter(verb="open_series").values_list("object_id", flat=True)) == [str(last.public_id)]


def test_only_the_last_edition_is_followed_and_who_comes_second_is_told(editor, desk):
    last = a_show(editor)
    second = the_next(editor, last)
    with pytest.raises(NotTheLast) as refused:
        the_next(editor, last)
    assert refused.value.last == second
    answer = sent(desk, of(last, "next/"), 422, name="Encore")
    assert "18e Salon" in answer
    assert Event.objects.count() == 2
    assert "next/" not in page(desk, of(last))
    assert "next/" in page(desk, of(second))


def test_an_edition_without_a_number_is_followed_by_the_second_and_not_past_a_numbered_one(editor):
    series = add_series(by=editor, at=AT, name={"fr": "Salon"})
    unnumbered = a_show(editor, series=series)
    assert the_next(editor, unnumbered).edition == 2
    with pytest.raises(NotTheLast):
        the_next(editor, unnumbered)


def test_the_page_shows_what_is_carried_over_and_what_is_not(desk, editor):
    last = a_show(editor)
    shown = page(desk, of(last, "next/"))
    for words in ("Exposition en plein air", "donneurs d’ordre", "Signatures", "16:00–17:30", "Non repris", "Repris"):
        assert words in shown
    sent(desk, of(last, "next/"), name="Le Salon, encore", starts_on="2091-03-05")
    edition = Event.objects.get(edition=2)
    assert (edition.name["fr"], edition.period) == ("Le Salon, encore", LATER)
    assert "dernier jour est antérieur" in sent(
        desk, of(edition, "next/"), 422, name="X", starts_on="2092-01-02", ends_on="2092-01-01"
    )


def test_another_promoters_gathering_is_not_followed_and_an_observer_follows_none(desk, oriental, editor, rival):
    theirs = a_show(rival)
    page(desk, of(theirs, "next/"), 404)
    with pytest.raises(ForeignRow):
        the_next(editor, theirs)
    with pytest.raises(NotAllowed):
        the_next(at_work(oriental, "observer"), a_show(editor))
