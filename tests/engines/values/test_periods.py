"""Dates as sources state them."""

from datetime import date

import pytest

from moussem.engines.values.kinds import Precision
from moussem.engines.values.period import (
    Period,
    PeriodMismatch,
    PeriodUnreadable,
    day,
    half,
    month,
    open_ended,
    parse_period,
    quarter,
    span,
    timeline_key,
    year,
)


@pytest.mark.parametrize(
    ("text", "start", "end", "precision"),
    [
        ("2013", date(2013, 1, 1), date(2013, 12, 31), Precision.YEAR),
        ("2013-06", date(2013, 6, 1), date(2013, 6, 30), Precision.MONTH),
        ("2020-02", date(2020, 2, 1), date(2020, 2, 29), Precision.MONTH),
        ("2013-06-20", date(2013, 6, 20), date(2013, 6, 20), Precision.DAY),
        ("2016-H1", date(2016, 1, 1), date(2016, 6, 30), Precision.HALF),
        ("2016-Q4", date(2016, 10, 1), date(2016, 12, 31), Precision.QUARTER),
        ("2014-2018", date(2014, 1, 1), date(2018, 12, 31), Precision.SPAN),
        ("2009/2010", date(2009, 1, 1), date(2010, 12, 31), Precision.SPAN),
        ("2019-04-18/19", date(2019, 4, 18), date(2019, 4, 19), Precision.SPAN),
        ("2019-04-30/2019-05-01", date(2019, 4, 30), date(2019, 5, 1), Precision.SPAN),
        ("early 2009", date(2009, 1, 1), date(2009, 12, 31), Precision.YEAR),
        ("open", None, None, Precision.OPEN),
        ("à terme", None, None, Precision.OPEN),
        ("à terme (2013)", None, None, Precision.OPEN),
    ],
)
def test_the_forms_of_the_data_files_are_read(text, start, end, precision):
    read = parse_period(f" {text} ")

    assert (read.start, read.end, read.precision) == (start, end, precision)


def test_words_that_say_more_than_the_dates_are_kept():
    assert parse_period("early 2009").words == "early 2009"
    assert parse_period("à terme (2013)").words == "à terme (2013)"


def test_an_empty_date_is_not_stated():
    assert parse_period("") is None
    assert parse_period("  ") is None


@pytest.mark.parametrize(
    "text", ["2013-13", "2013-02-30", "2013-06-20/19", "2016-H3", "0000", "at start", "soon", "20"]
)
def test_what_is_no_date_is_refused_rather_than_guessed(text):
    with pytest.raises(PeriodUnreadable):
        parse_period(text)


@pytest.mark.parametrize(
    ("start", "end", "precision"),
    [
        (date(2020, 1, 1), date(2020, 1, 2), Precision.DAY),
        (date(2020, 1, 2), date(2020, 1, 31), Precision.MONTH),
        (date(2020, 2, 1), date(2020, 4, 30), Precision.QUARTER),
        (date(2020, 1, 1), date(2020, 6, 30), Precision.YEAR),
        (date(2020, 1, 2), date(2020, 1, 1), Precision.SPAN),
        (date(2020, 1, 1), None, Precision.DAY),
        (None, date(2020, 1, 1), Precision.OPEN),
    ],
)
def test_days_that_do_not_fit_the_precision_are_refused(start, end, precision):
    with pytest.raises(PeriodMismatch):
        Period(start, end, precision)


def test_a_timeline_puts_open_horizons_after_dates_and_what_is_not_stated_last():
    rows = [None, open_ended("à terme"), year(2021), month(2020, 7), day(date(2020, 7, 1))]

    in_order = sorted(rows, key=timeline_key)

    assert in_order == [day(date(2020, 7, 1)), month(2020, 7), year(2021), open_ended("à terme"), None]


def test_before_means_wholly_before():
    assert month(2020, 6).is_before(month(2020, 7))
    assert not month(2020, 7).is_before(year(2020))
    assert not year(2020).is_before(month(2020, 7))
    assert not open_ended().is_before(year(2030))


def test_overlap_and_containment_share_the_last_day():
    first, last = span(date(2019, 4, 18), date(2019, 4, 19)), span(date(2019, 4, 19), date(2019, 4, 20))

    assert first.overlaps(last)
    assert last.overlaps(first)
    assert not day(date(2019, 4, 18)).overlaps(last)
    assert half(2019, 1).contains(first)
    assert not first.contains(half(2019, 1))
    assert not quarter(2019, 1).overlaps(first)


def test_a_horizon_has_passed_on_the_day_after_its_last():
    assert not year(2020).has_passed(date(2020, 12, 31))
    assert year(2020).has_passed(date(2021, 1, 1))
    assert not open_ended().has_passed(date(9999, 12, 31))


def test_a_date_worked_out_by_a_reader_says_so_and_keeps_the_words():
    august = month(2020, 8).inferring("dès août prochain")

    assert august.inferred
    assert august.words == "dès août prochain"
    assert august.start == date(2020, 8, 1)
