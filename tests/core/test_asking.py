"""Questions of many rooms as one query: each keeps its order, its limit and its values, and nobody gets another's."""

import uuid

import pytest
from django.db.models import F

from moussem.accounts.models import Promoter
from moussem.core.actor import ANONYMOUS
from moussem.core.asking import LONGEST, answer, answered, question, read, reading_of, side_by_side
from moussem.evidence.models import Figure, FigureSubject, Subject
from tests.evidence import rows

pytestmark = pytest.mark.django_db
built = []


@question
def figures_of(actor, subjects, limit):
    built.append(len(subjects))
    found = Figure.objects.visible_to(actor).filter(links__subject__in=subjects).select_related("promoter")
    return found.annotate(moment=F("links__moment")).order_by("-value")[:limit]


@question
def subjects_of(kind, keys):
    return Subject.objects.filter(kind=kind, public_id__in=keys).order_by("-pk")


@question
def names(keys):
    return Promoter.objects.filter(pk__in=keys).order_by("slug").values_list("slug", flat=True)


@question
def careless(keys):
    return Promoter.objects.filter(pk=keys[0])


@pytest.fixture
def firms():
    """Two firms with three figures each, the values in no order."""
    found = [rows.subject("Un"), rows.subject("Deux")]
    for firm, values in zip(found, ((3, 1, 2), (5, 6, 4)), strict=True):
        for value in values:
            rows.figure(firm, value=value)
    return found


def columns(found):
    return [
        vars(one) | {"_state": None, "promoter": vars(one.promoter) | {"_state": None}, "fields_cache": None}
        for one in found
    ]


def test_rows_of_several_tables_are_one_query_and_the_same_as_asked_by_themselves(firms, django_assert_num_queries):
    (one, two), promoter = firms, rows.promoter()
    asked = [
        figures_of(ANONYMOUS, [one.pk], 2),
        subjects_of("organisation", [one.public_id, two.public_id]),
        names([promoter.pk]),
        figures_of(ANONYMOUS, [two.pk], 9),
        FigureSubject.objects.filter(subject=two).order_by("pk").values_list("figure__value", "role"),
    ]
    with django_assert_num_queries(1):
        first, subjects, slugs, second, plain = read(asked)
    assert [figure.value for figure in first] == [3, 2]
    assert [figure.value for figure in second] == [6, 5, 4]
    assert subjects == [two, one]
    assert slugs == [promoter.slug]
    assert plain == [(5, "holder"), (6, "holder"), (4, "holder")]
    assert columns(first) == columns(asked[0].rows())
    assert columns(second) == columns(asked[3].rows())


def test_a_question_is_written_once_for_lists_of_nearly_one_length(firms):
    keys = [firm.pk for firm in firms]
    built.clear()
    for asked in ([keys[0]], [keys[1]], keys, [*keys, keys[0]], [*keys, *keys]):
        read([figures_of(ANONYMOUS, asked, 4)])
    assert built == [1, 2, 4]


def test_the_same_question_about_others_finds_theirs(firms):
    one, two = firms
    assert [f.value for f in read([figures_of(ANONYMOUS, [one.pk], 9)])[0]] == [3, 2, 1]
    assert [f.value for f in read([figures_of(ANONYMOUS, [two.pk], 9)])[0]] == [6, 5, 4]
    assert [f.value for f in read([figures_of(ANONYMOUS, [one.pk, two.pk], 9)])[0]] == [6, 5, 4, 3, 2, 1]


def test_what_staff_may_see_is_never_the_answer_to_the_public(firms):
    hidden = rows.figure(firms[0], value=7, publish=False)
    seen = {}
    for actor in (rows.editor(), ANONYMOUS, rows.editor(rows.promoter("rival")), rows.editor()):
        seen.setdefault(actor, []).append(hidden in read([figures_of(actor, [firms[0].pk], 9)])[0])
    assert seen == {rows.editor(): [True, True], ANONYMOUS: [False], rows.editor(rows.promoter("rival")): [False]}


def test_a_question_that_hides_its_actor_would_answer_the_public_as_staff(firms):
    hidden = rows.figure(firms[0], value=7, publish=False)
    asking = rows.editor()

    @question
    def naive(subjects):
        return Figure.objects.visible_to(asking).filter(links__subject__in=subjects)

    assert hidden in read([naive([firms[0].pk])])[0]
    asking = ANONYMOUS
    assert hidden in read([naive([firms[0].pk])])[0]


def test_a_question_that_looks_at_its_keys_is_refused():
    with pytest.raises(TypeError, match="careless does not ask for all keys"):
        read([careless([1, 2])])


def test_a_question_about_nothing_asks_nothing(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert read([names([]), subjects_of("organisation", ()), Promoter.objects.none()]) == [[], [], []]


def test_a_question_about_very_many_is_written_for_itself(firms):
    built.clear()
    keys = [firms[0].pk, *range(10_000_000, 10_000_000 + LONGEST)]
    for _ in range(2):
        assert [f.value for f in read([figures_of(ANONYMOUS, keys, 9)])[0]] == [3, 2, 1]
    assert built == [LONGEST + 1, LONGEST + 1]


def test_equal_questions_of_one_round_are_asked_once(firms, django_assert_num_queries):
    with django_assert_num_queries(1) as asked:
        first, second = read([figures_of(ANONYMOUS, [firms[0].pk], 9), figures_of(ANONYMOUS, [firms[0].pk], 9)])
    assert first == second
    assert "UNION" not in asked.captured_queries[0]["sql"]


def test_an_identifier_of_a_row_that_is_not_there_finds_nothing(firms):
    assert read([subjects_of("organisation", [uuid.UUID(int=1)]), names([10_000_000])]) == [[], []]


@answered
def steps(keys, count):
    found = []
    for _ in range(count):
        (slugs,) = yield [names(keys)]
        found += slugs
    return found


def test_readings_side_by_side_ask_as_often_as_the_longest(django_assert_num_queries):
    one, other = rows.promoter(), rows.promoter("rival")
    with django_assert_num_queries(3):
        found = answer(
            side_by_side(
                steps.reading([one.pk], 1),
                side_by_side(steps.reading([other.pk], 3), reading_of(lambda: "at once")),
                steps.reading([], 0),
            )
        )
    assert found == [[one.slug], [[other.slug] * 3, "at once"], []]
    with django_assert_num_queries(2):
        assert steps([one.pk], 2) == [one.slug] * 2


def test_a_query_set_brings_what_it_loads_beside_its_rows(firms, django_assert_num_queries):
    asked = [Figure.objects.filter(value=value).prefetch_related("links") for value in (1, 6)]
    with django_assert_num_queries(2):
        found = read(asked)
        assert [[link.subject_id for link in one.links.all()] for (one,) in found] == [[firms[0].pk], [firms[1].pk]]
