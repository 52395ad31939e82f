"""Calendar entries: one name for ever, a rising sequence, the wall time of their zone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from moussem.mail.rendering.calendar import Appointment, Method, calendar_entry
from moussem.mail.rendering.messages import Envelope, Rendered, mime_of

STARTS = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
TALK = Appointment("0190", 3, STARTS, STARTS + timedelta(hours=1), "Africa/Casablanca", "Rencontre à Oujda; suite")


def entry(appointment=TALK, method=Method.REQUEST):
    return calendar_entry(
        appointment, method=method, organiser="a@b.example", attendee="c@d.example", at=STARTS, host="site.example"
    )


def event(**how):
    return next(iter(Calendar.from_ical(entry(**how).content).walk("VEVENT")))


def test_an_invitation_says_when_where_and_who():
    calendar = Calendar.from_ical(entry().content)
    found = event()
    assert calendar["METHOD"] == "REQUEST"
    assert (found["UID"], found["SEQUENCE"], found["STATUS"]) == ("0190@site.example", 3, "CONFIRMED")
    assert found.decoded("DTSTART") == STARTS
    assert found["DTSTART"].params["TZID"] == "Africa/Casablanca"
    assert found["ORGANIZER"] == "mailto:a@b.example"
    assert found["ATTENDEE"] == "mailto:c@d.example"
    assert str(found["SUMMARY"]) == "Rencontre à Oujda; suite"
    assert [str(zone["TZID"]) for zone in calendar.walk("VTIMEZONE")] == ["Africa/Casablanca"]


def test_a_change_keeps_the_name_and_raises_the_sequence():
    later = replace(TALK, sequence=4, starts=STARTS + timedelta(hours=2), ends=STARTS + timedelta(hours=3))
    assert event(appointment=later)["UID"] == event()["UID"]
    assert event(appointment=later)["SEQUENCE"] == 4


def test_a_withdrawal_cancels_the_same_entry():
    found = event(method=Method.CANCEL)
    assert (found["UID"], found["STATUS"]) == ("0190@site.example", "CANCELLED")
    assert Calendar.from_ical(entry(method=Method.CANCEL).content)["METHOD"] == "CANCEL"


def test_an_entry_that_ends_before_it_starts_or_has_no_zone_is_refused():
    with pytest.raises(ValueError, match="ends after"):
        entry(replace(TALK, ends=STARTS))
    with pytest.raises(ValueError, match="instants"):
        entry(replace(TALK, starts=STARTS.replace(tzinfo=None)))


def test_a_mail_carries_the_entry_with_its_method():
    rendered = Rendered("Rencontre", "text", attachments=(entry(),))
    mail = mime_of(rendered, Envelope("a@b.example", "c@d.example", "<1@site.example>")).message()
    (part,) = [part for part in mail.walk() if part.get_content_type() == "text/calendar"]
    assert part.get_param("method") == "REQUEST"
    assert part.get_payload(decode=True) == entry().content
