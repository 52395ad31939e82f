from datetime import date, datetime, time
from decimal import Decimal

import pytest

from moussem.core import formats
from moussem.engines.values import period
from moussem.engines.values.kinds import Bound, Kind, Scope
from moussem.engines.values.units import Unit

N = "\u202f"
B = "\u00a0"


@pytest.mark.parametrize(
    ("value", "fr", "en", "ar"),
    [
        (0, "0", "0", "0"),
        (999, "999", "999", "999"),
        (1000, f"1{N}000", "1,000", f"1{N}000"),
        (1234567, f"1{N}234{N}567", "1,234,567", f"1{N}234{N}567"),
        (Decimal("11.5"), "11,5", "11.5", "11,5"),
        (Decimal("6.8600"), "6,86", "6.86", "6,86"),
        (-40, "-40", "-40", "-40"),
    ],
)
def test_a_number_is_written_as_its_reader_writes_it(value, fr, en, ar):
    assert [formats.number(value, language) for language in ("fr", "en", "ar")] == [fr, en, ar]


@pytest.mark.parametrize(("value", "fr", "en"), [(27, f"27{N}%", "27%"), (Decimal("11.5"), f"11,5{N}%", "11.5%")])
def test_a_percentage_keeps_its_sign_where_the_language_puts_it(value, fr, en):
    assert (formats.percent(value, "fr"), formats.percent(value, "en")) == (fr, en)


@pytest.mark.parametrize(
    ("value", "currency", "fr", "en"),
    [
        (55_000_000, "MAD", f"55{B}M{B}DH", f"MAD{B}55{B}million"),
        (1_000_000, "MAD", f"1{B}M{B}DH", f"MAD{B}1{B}million"),
        (999_999, "MAD", f"999{N}999{B}DH", f"MAD{B}999,999"),
        (2_520_000_000, "MAD", f"2,52{B}Md{B}DH", f"MAD{B}2.52{B}billion"),
        (500_000_000, "EUR", f"500{B}M{B}€", f"EUR{B}500{B}million"),
        (6000, "MAD", f"6{N}000{B}DH", f"MAD{B}6,000"),
        (1_234_567, "MAD", f"1{N}234{N}567{B}DH", f"MAD{B}1,234,567"),
    ],
)
def test_millions_are_used_for_money_only_where_no_digit_is_lost(value, currency, fr, en):
    assert (formats.money(value, currency, "fr"), formats.money(value, currency, "en")) == (fr, en)


@pytest.mark.parametrize(
    ("value", "unit", "bound", "more", "fr", "en"),
    [
        (3000, "jobs", "over", {}, f"plus de 3{N}000{B}emplois", f"more than 3,000{B}jobs"),
        (1, "jobs", "equal", {}, f"1{B}emploi", f"1{B}job"),
        (1, "jobs", "equal", {"scope": "direct"}, f"1{B}emploi direct", f"1{B}direct job"),
        (1200, "jobs", "equal", {"scope": "direct"}, f"1{N}200{B}emplois directs", f"1,200{B}direct jobs"),
        (30, "participants", "about", {}, f"environ 30{B}participants", f"about 30{B}participants"),
        (20, "participants", "range", {"value_max": 30}, f"20 à 30{B}participants", f"20 to 30{B}participants"),
        (55_000_000, "MAD", "equal", {}, f"55{B}M{B}DH", f"MAD{B}55{B}million"),
        (1_000_000, "MAD", "at_least", {}, f"au moins 1{B}M{B}DH", f"at least MAD{B}1{B}million"),
        (6000, "MAD_per_job", "equal", {}, f"6{N}000{B}DH{B}par emploi", f"MAD{B}6,000{B}per job"),
        (11, "percent", "about", {}, f"environ 11{N}%", "about 11%"),
        (800, "jobs", "at_most", {}, f"au plus 800{B}emplois", f"at most 800{B}jobs"),
        (30, "rank", "at_most", {}, "parmi les 30 premiers rangs", "among the top 30"),
        (3, "rank", "equal", {}, "3e", "3rd"),
        (1, "rank", "equal", {}, "1er", "1st"),
        (7500, "m2", "equal", {}, f"7{N}500{B}m²", f"7,500{B}m²"),
        (22, "ha", "equal", {}, f"22{B}hectares", f"22{B}hectares"),
        (Decimal("1.5"), "ha", "equal", {}, f"1,5{B}hectare", f"1.5{B}hectares"),
        (115_000, "students", "over", {}, f"plus de 115{N}000{B}étudiants", f"more than 115,000{B}students"),
        (140, "members", "equal", {}, f"140{B}membres", f"140{B}members"),
    ],
)
def test_a_stated_quantity_reads_with_its_bound_and_its_unit(value, unit, bound, more, fr, en):
    said = [str(formats.amount(value, unit, bound, language=language, **more)) for language in ("fr", "en")]

    assert said == [fr, en]


@pytest.mark.parametrize("number", [11, 12, 13, 21, 22, 23, 101, 111])
def test_english_ranks_end_as_they_are_spoken(number):
    expected = {11: "11th", 12: "12th", 13: "13th", 21: "21st", 22: "22nd", 23: "23rd", 101: "101st", 111: "111th"}

    assert formats.ordinal(number, "en") == expected[number]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_every_unit_kind_bound_and_scope_of_the_engines_has_its_words(language):
    assert all(str(formats.amount(2, unit, language=language)) != f"2{B}{unit.value}_" for unit in Unit)
    known_by_their_code = {unit for unit in Unit if "_" in formats.unit_word(unit, 2, language=language)}
    assert known_by_their_code == set()
    assert all(formats.kind_word(kind, language) and formats.kind_meaning(kind, language) for kind in Kind)
    assert all(formats.bound_word(b, language) for b in set(Bound) - {Bound.EQUAL, Bound.RANGE})
    assert all(formats.scope_word(scope, 2, language) for scope in set(Scope) - {Scope.NOT_STATED})


PERIODS = [
    (period.day(date(2013, 6, 20)), f"20{B}juin 2013", f"20{B}June 2013"),
    (period.day(date(2021, 3, 1)), f"1er{B}mars 2021", f"1{B}March 2021"),
    (period.month(2020, 8), "août 2020", "August 2020"),
    (period.quarter(2020, 2), "2e trimestre 2020", "2nd quarter of 2020"),
    (period.half(2016, 1), "1er semestre 2016", "1st half of 2016"),
    (period.year(2013), "2013", "2013"),
    (period.span(date(2020, 7, 10), date(2020, 7, 11)), f"10-11{B}juillet 2020", f"10-11{B}July 2020"),
    (period.span(date(2019, 4, 18), date(2019, 4, 19)), f"18-19{B}avril 2019", f"18-19{B}April 2019"),
    (
        period.span(date(2020, 6, 30), date(2020, 7, 2)),
        f"du 30{B}juin au 2{B}juillet 2020",
        f"30{B}June to 2{B}July 2020",
    ),
    (period.span(date(2014, 1, 1), date(2018, 12, 31)), "2014-2018", "2014-2018"),
    (period.open_ended("à terme"), "à terme", "in time"),
    (period.open_ended("at start"), "au démarrage", "at the start"),
    (None, "non indiqué", "not stated"),
]


@pytest.mark.parametrize(("stated", "fr", "en"), PERIODS)
def test_a_period_reads_as_finely_as_it_is_stated(stated, fr, en):
    assert (formats.period(stated, "fr"), formats.period(stated, "en")) == (fr, en)


@pytest.mark.parametrize(
    ("stated", "fr", "en"),
    [
        (period.year(2013), "pour 2013", "for 2013"),
        (period.month(2020, 8), "pour août 2020", "for August 2020"),
        (period.day(date(2019, 12, 31)), "pour fin 2019", "for the end of 2019"),
        (period.day(date(2019, 12, 30)), f"pour le 30{B}décembre 2019", f"for 30{B}December 2019"),
        (period.open_ended("à terme"), "à terme", "in time"),
        (None, "", ""),
    ],
)
def test_a_promise_says_for_when_it_is_made(stated, fr, en):
    assert (formats.horizon(stated, "fr"), formats.horizon(stated, "en")) == (fr, en)


def test_arabic_months_are_those_of_morocco():
    assert formats.day(date(2020, 7, 10), "ar") == f"10{B}يوليوز 2020"


@pytest.mark.parametrize(
    ("ends", "fr", "en", "ar"),
    [
        (time(23, 59), "20:00–23:59", "20:00–23:59", "20:00–23:59"),
        (time(0), "20:00–minuit", "20:00–midnight", "20:00–24:00"),
        (time(0, 1), "20:00–00:01", "20:00–00:01", "20:00–00:01"),
        (None, "20:00", "20:00", "20:00"),
    ],
)
def test_an_end_at_midnight_is_said_by_its_word(ends, fr, en, ar):
    assert [formats.hours(time(20), ends, language) for language in ("fr", "en", "ar")] == [fr, en, ar]


def test_a_beginning_at_midnight_is_an_hour_like_any_other():
    assert formats.hours(time(0), time(1), "fr") == "00:00–01:00"


def test_what_ends_at_midnight_belongs_to_the_day_that_is_over():
    assert formats.last_day(datetime(2090, 1, 11)) == date(2090, 1, 10)
    assert formats.last_day(datetime(2090, 1, 11, 0, 1)) == date(2090, 1, 11)


@pytest.mark.parametrize(
    ("value", "fr", "en", "ar"),
    [
        (datetime(2090, 1, 10, 12), "10 janvier 2090 12:00", "10 January 2090, 12:00", "10 يناير 2090، 12:00"),
        (datetime(2090, 1, 11), "10 janvier 2090 à minuit", "10 January 2090 at midnight", "10 يناير 2090، 24:00"),
    ],
)
def test_until_midnight_names_the_day_that_is_over(value, fr, en, ar):
    assert [formats.until(value, language) for language in ("fr", "en", "ar")] == [fr, en, ar]
