"""Clashes of an agenda: the same as a plain comparison of every pair finds, and their bounds."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from moussem.events.domain.clashes import ClashKind, Occasion, Seats, clashes_in

NINE = datetime(2026, 12, 1, 9, tzinfo=UTC)


def at(minutes):
    return NINE + timedelta(minutes=minutes)


def held(key, begins=None, ends=None, **known):
    starts = None if begins is None else at(begins)
    return Occasion(key, starts=starts, ends=None if ends is None else at(ends), **known)


def told(*occasions, spaces=None, registered=Seats()):  # noqa: B008 - a frozen value
    return [(c.kind, c.of, c.sessions, c.count, c.seats) for c in clashes_in(occasions, spaces or {}, registered)]


def test_one_that_ends_when_the_other_begins_is_no_clash():
    ana = frozenset({"ana"})
    assert told(held("a", 0, 60, people=ana), held("b", 60, 90, people=ana)) == []
    assert told(held("a", 0, 61, people=ana), held("b", 60, 90, people=ana)) == [
        (ClashKind.PERSON, "ana", ("a", "b"), 0, 0)
    ]


def test_without_hours_or_without_a_space_nothing_is_compared():
    assert told(held("a", space="hall"), held("b", 0, 60, space="hall")) == []
    assert told(held("a", 0, 60), held("b", 0, 60)) == []


def test_where_no_end_is_stated_only_the_same_moment_clashes():
    assert told(held("a", 0, space="hall"), held("b", 1, 60, space="hall")) == []
    assert told(held("a", 0, space="hall"), held("b", 0, 60, space="hall")) == [
        (ClashKind.SPACE, "hall", ("a", "b"), 0, 0)
    ]


def test_as_many_as_there_are_seats_may_be_expected_and_not_one_more():
    spaces = {"hall": Seats(30)}
    assert told(held("a", space="hall", expected=30), spaces=spaces) == []
    assert told(held("a", space="hall", expected=31), spaces=spaces) == [(ClashKind.EXPECTED, "hall", ("a",), 31, 30)]
    assert told(held("a", space="yard", expected=31), spaces=spaces) == []


def test_registered_guests_need_seats_in_the_spaces_that_are_in_use_together():
    spaces = {"hall": Seats(30, 5), "yard": Seats(20), "door": Seats()}
    two = (held("a", 0, 60, space="hall"), held("b", 0, 60, space="yard"))
    assert told(*two, spaces=spaces, registered=Seats(50)) == []
    assert told(*two, spaces=spaces, registered=Seats(51)) == [(ClashKind.ON_SITE, "", ("a", "b"), 51, 50)]
    assert told(held("a", 0, 60, space="hall"), spaces=spaces, registered=Seats(30, 6)) == [
        (ClashKind.ONLINE, "", ("a",), 6, 5)
    ]
    assert told(held("a", 0, 60, space="door"), spaces=spaces, registered=Seats(99)) == []
    assert told(held("a", 0, 60, space="hall", expected=9), spaces=spaces, registered=Seats(99)) == []


OCCASIONS = st.lists(
    st.builds(
        lambda n, begins, lasts, space, people: (begins, lasts, space, frozenset(people)),
        st.integers(), st.one_of(st.none(), st.integers(0, 20)), st.one_of(st.none(), st.integers(1, 10)),
        st.sampled_from(["", "hall", "yard"]), st.sets(st.sampled_from(["ana", "ben"])),
    ),
    max_size=8,
)  # fmt: skip


@given(OCCASIONS)
def test_every_pair_that_shares_a_minute_and_a_person_or_space_is_told_once(drawn):
    occasions = [
        held(f"{n}", begins, begins + lasts if begins is not None and lasts else None, space=space, people=people)
        for n, (begins, lasts, space, people) in enumerate(drawn)
    ]
    minutes = {
        f"{n}": set(range(begins, begins + (lasts or 1))) if begins is not None else set()
        for n, (begins, lasts, _space, _people) in enumerate(drawn)
    }
    wanted = set()
    for one in occasions:
        for other in occasions:
            if one.key < other.key and minutes[one.key] & minutes[other.key]:
                pair = frozenset({one.key, other.key})
                wanted |= {(ClashKind.PERSON, who, pair) for who in one.people & other.people}
                wanted |= {
                    (ClashKind.SPACE, one.space, pair) for same in [one.space == other.space] if same and one.space
                }
    found = [(c.kind, c.of, frozenset(c.sessions)) for c in clashes_in(occasions, {}, Seats())]
    assert len(found) == len(set(found))
    assert set(found) == wanted
