"""Timelines of several rooms, merged newest first."""

import uuid
from datetime import date

from moussem.core.components import Event
from moussem.core.timelines import Entry, Moment, merged


def entry(title, on, number):
    return Entry(Moment(on, uuid.UUID(int=number)), Event(title, "calendar-days"))


def test_entries_of_two_rooms_are_merged_newest_first_and_the_undated_come_last():
    events = [entry("July", date(2020, 7, 10), 1), entry("no date", None, 2)]
    figures = [entry("August", date(2020, 8, 1), 3), entry("2013", date(2013, 1, 1), 4)]
    page = merged([events, figures], 10)
    assert [e.title for e in page.events] == ["August", "July", "2013", "no date"]
    assert page.older == ""


def test_the_cursor_of_a_page_stands_at_its_last_entry():
    page = merged([[entry("b", date(2020, 1, 2), 2), entry("a", date(2020, 1, 1), 1)]], 1)
    assert Moment.read(page.older) == Moment(date(2020, 1, 2), uuid.UUID(int=2))


def test_a_moment_without_a_date_is_written_and_read_back():
    moment = Moment(None, uuid.UUID(int=7))
    assert Moment.read(str(moment)) == moment


def test_a_mistyped_cursor_is_the_first_page():
    assert Moment.read("2020-99-99~x") is None
    assert Moment.read("'; drop table") is None
