"""Kept sums of large dossiers: always those of the published figures, however they changed and in whatever order."""

import random
from dataclasses import replace
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from moussem.accounts.enums import PromoterKind
from moussem.core.actor import ANONYMOUS
from moussem.core.models import Job
from moussem.core.queue import run_due_jobs
from moussem.directory.domain.matches import decide_match, propose_match, reopen_match
from moussem.engines.values.kinds import Bound
from moussem.engines.values.total import totals
from moussem.evidence.domain.figures import publish_figure, replace_figure
from moussem.evidence.domain.queries.tallies import fact_of
from moussem.evidence.domain.queries.territory import territory
from moussem.evidence.enums import Kind, SubjectKind
from moussem.evidence.models import Figure
from moussem.observatory.domain.queries import territories
from moussem.observatory.domain.queries.ground import ground_of
from moussem.observatory.domain.queries.people import PEOPLE
from moussem.observatory.domain.queries.sums_kept import quantity_kept, sums_of, work_out
from moussem.observatory.domain.standings import ask_stale_standings, ask_standing, work_out_standing
from moussem.observatory.enums import ASK_STANDINGS, WORK_OUT_STANDING
from moussem.observatory.models import Standing
from tests.evidence import rows
from tests.factories.directory import an_organisation

pytestmark = pytest.mark.django_db
KINDS = (Kind.ANNOUNCED, Kind.REPORTED, Kind.CONTRACTED, Kind.PLANNED)


@pytest.fixture
def large(monkeypatch):
    """A dossier is large from its third mention on."""
    monkeypatch.setattr(territories, "MOST_MENTIONS", 2)


@pytest.fixture
def shared(db):
    """Somebody who edits the shared rows."""
    return rows.editor(rows.promoter("commons", PromoterKind.COMMONS))


def figures_asked_at_once(place):
    """The figures of people of a place as a small dossier counts them: by another way than the kept sums."""
    ground = ground_of(place)
    own = [f for key, f in ground.facts.items() if f.measure in PEOPLE and ground.is_own(ground.figures[key])]
    return own, ground.wider


def said(found):
    """What is compared of totals: each kind, measure and scope with its two numbers and how many figures it holds."""
    return [
        [
            t.kind,
            t.measure,
            quantity_kept(t.quantity),
            quantity_kept(t.reading.with_all_on_top),
            len(t.reading.included),
        ]
        for t in found.totals
    ]


def kept(place):
    keys = ("kind", "measure", "quantity", "with_all_on_top", "included")
    return [[row[key] for key in keys] for row in Standing.objects.get(subject=place).sums["totals"]]


class Sequence:
    """A random sequence of changes to the figures of a city and of its park; the same seed is the same sequence."""

    def __init__(self, seed, by):
        self.chance = random.Random(seed)
        self.by = by
        self.city = rows.subject("Oujda", SubjectKind.PLACE, by=by)
        self.park = rows.subject("Oujda Shore", SubjectKind.PARK, by=by, within=self.city)
        self.firms = [an_organisation(by, f"Firm {number}") for number in range(4)]
        self.unnamed = an_organisation(by, "One of two groups", named=False)
        self.figures = []
        self.matches = []
        for _ in range(4):
            self.publish()

    def publish(self):
        holders = self.chance.sample([*self.firms, self.unnamed], self.chance.choice([1, 1, 2]))
        figure = rows.figure(
            *(firm.subject for firm in holders), by=self.by, place=self.chance.choice([self.city, self.park]),
            value=self.chance.randrange(1, 900), kind=self.chance.choice(KINDS),
            bound=self.chance.choice([Bound.EQUAL, Bound.OVER, Bound.ABOUT]),
            stated_on=self.chance.choice([None, *(rows.on(year, 7, 10) for year in range(2018, 2022))]),
        )  # fmt: skip
        self.figures.append(figure)

    def replace(self):
        old = self.figures.pop(self.chance.randrange(len(self.figures)))
        facts = rows.facts(self.chance.randrange(1, 900), kind=Kind(old.kind))
        self.figures.append(replace_figure(by=self.by, at=rows.NOW, figure=old, facts=facts, reason="misread"))

    def doubt(self):
        firm = self.chance.choice(self.firms)
        self.matches.append(
            propose_match(by=self.by, at=rows.NOW, left=self.unnamed, right=firm, reasons={"fr": "peut-être"})
        )

    def decide(self):
        open_ones = [match for match in self.matches if match.state == "proposed"]
        merged = any(match.state == "merged" for match in self.matches)
        if open_ones:
            same = not merged and self.chance.random() < 0.6
            decide_match(by=self.by, at=rows.NOW, match=self.chance.choice(open_ones), same=same)

    def reopen(self):
        decided = [match for match in self.matches if match.state != "proposed"]
        if decided:
            reopen_match(by=self.by, at=rows.NOW, match=self.chance.choice(decided))

    def step(self):
        self.chance.choice([self.publish, self.publish, self.replace, self.doubt, self.decide, self.reopen])()
        for match in self.matches:
            match.refresh_from_db()


def differs_without_the_corrections(place):
    """Whether a standing that takes a corrected figure for one that still counts would be another."""
    rows_seen = Figure.objects.visible_to(ANONYMOUS).filter(links__subject__in=territory([place])).distinct()
    naive = [replace(fact_of(figure), replaced=False) for figure in rows_seen.prefetch_related("links__subject")]
    return sums_of(naive, {})["totals"] != work_out(territory([place])).sums["totals"]


@pytest.mark.parametrize("seed", range(8))
def test_kept_sums_are_those_worked_out_at_once_after_any_sequence_of_changes(large, shared, seed):
    walked = Sequence(seed, shared)
    for _ in range(6):
        walked.step()
        if walked.chance.random() < 0.5:
            run_due_jobs()
    run_due_jobs()
    for place in (walked.city, walked.park):
        if not Standing.objects.filter(subject=place).exists():
            continue
        facts, wider = figures_asked_at_once(place)
        assert kept(place) == said(totals(facts, wider=wider))
        assert Standing.objects.get(subject=place).figures == len(facts)
        assert Standing.objects.get(subject=place).sums == sums_of(facts, wider)
    assert not Standing.objects.get(subject=walked.city).is_awaited


def test_a_variant_that_misses_corrected_figures_is_caught(large, shared):
    walked = Sequence(1, shared)
    assert not differs_without_the_corrections(walked.city)
    for _ in range(3):
        walked.replace()
    assert differs_without_the_corrections(walked.city)


def test_many_changes_before_a_worker_comes_are_one_request(large, shared):
    walked = Sequence(2, shared)
    run_due_jobs()
    Job.objects.all().delete()
    for _ in range(3):
        walked.publish()
    run_due_jobs()
    assert Job.objects.filter(name=WORK_OUT_STANDING, key__startswith=f"{WORK_OUT_STANDING}:").count() <= 2 * 3
    standing = Standing.objects.get(subject=walked.city)
    ask_standing(walked.city)
    before = Standing.objects.get(subject=walked.city).asked
    ask_standing(walked.city)
    assert Standing.objects.get(subject=walked.city).asked == before == standing.asked + 1


def test_a_change_while_a_worker_reads_asks_once_more_and_an_older_answer_never_stands(large, shared):
    walked = Sequence(3, shared)
    run_due_jobs()
    first = ask_standing(walked.city)
    Standing.objects.filter(pk=first.pk).update(taken=first.asked)
    second = ask_standing(walked.city)
    assert second.asked == first.asked + 1
    assert work_out_standing(second, turn=second.asked, at=rows.NOW)
    assert not work_out_standing(first, turn=first.asked, at=rows.NOW + timedelta(days=1))
    assert Standing.objects.get(pk=first.pk).worked_out_at == rows.NOW


def test_a_figure_under_embargo_enters_the_sums_only_when_it_opens(large, shared):
    walked = Sequence(4, shared)
    run_due_jobs()
    before = Standing.objects.get(subject=walked.city).figures
    closed = rows.figure(walked.firms[0].subject, by=shared, place=walked.city, publish=False)
    publish_figure(by=shared, at=rows.NOW, figure=closed, embargo_until=timezone.now() + timedelta(hours=1))
    run_due_jobs()
    waiting = Job.objects.get(name=ASK_STANDINGS)
    assert waiting.run_after == closed.embargo_until
    assert Standing.objects.get(subject=walked.city).figures == before
    past = timezone.now() - timedelta(seconds=1)
    Figure.objects.filter(pk=closed.pk).update(embargo_until=past)
    Job.objects.filter(pk=waiting.pk).update(run_after=past)
    run_due_jobs()
    assert Standing.objects.get(subject=walked.city).figures == before + 1


def test_what_another_promoter_has_not_published_is_in_no_kept_sum(large, shared):
    walked = Sequence(5, shared)
    neighbour = rows.editor(rows.promoter("neighbour"))
    hidden = rows.figure(rows.subject(by=neighbour), by=neighbour, place=walked.city, publish=False, value=987_654)
    run_due_jobs()
    ask_standing(walked.city)
    run_due_jobs()
    before = Standing.objects.get(subject=walked.city)
    assert before.sums == sums_of(*figures_asked_at_once(walked.city))
    assert before.figures == 4
    publish_figure(by=neighbour, at=rows.NOW, figure=hidden)
    run_due_jobs()
    after = Standing.objects.get(subject=walked.city)
    assert after.figures == 5
    assert after.sums != before.sums


def test_a_small_dossier_never_shows_a_kept_sum(client, shared):
    place = rows.subject("Jerada", SubjectKind.PLACE, by=shared)
    rows.figure(by=shared, place=place, value=120)
    wrong = {"totals": [], "targets": [], "targets_of_holders": 0, "recent": None, "uncounted": 0}
    Standing.objects.create(
        promoter_id=shared.promoter_pk, subject=place, asked=1, taken=1, answered=1, worked_out_at=rows.NOW, sums=wrong
    )
    page = client.get(f"/en/dossiers/{place.public_id}/").content.decode()
    assert '<p class="m-obs-words">120</p>' in page
    assert "Sums worked out" not in page


def test_a_large_dossier_shows_its_sum_when_it_was_worked_out_and_from_how_many_figures(client, large, shared):
    place = rows.subject("Oujda", SubjectKind.PLACE, by=shared)
    for number in range(3):
        rows.figure(rows.subject(f"Firm {number}", by=shared), by=shared, place=place, value=100)
    page = client.get(f"/en/dossiers/{place.public_id}/").content.decode()
    assert "their sums are being worked out" in page
    assert '<p class="m-obs-words">' not in page
    run_due_jobs()
    page = client.get(f"/en/dossiers/{place.public_id}/").content.decode()
    assert '<p class="m-obs-words">300</p>' in page
    assert "from 3 published figures" in page
    assert "Of 3 firms that promised people here, no source says how many work there." in page
    rows.figure(rows.subject("Late", by=shared), by=shared, place=place, value=100)
    ask_standing(place)
    assert "Newer figures are being counted." in client.get(f"/en/dossiers/{place.public_id}/").content.decode()


def test_the_promises_of_a_large_dossier_are_read_a_page_at_a_time_none_twice_and_none_left_out(client, large, shared):
    place = rows.subject("Oujda", SubjectKind.PLACE, by=shared)
    park = rows.subject("Oujda Shore", SubjectKind.PARK, by=shared, within=place)
    holders = [rows.subject(f"Firm {number}", by=shared) for number in range(45)]
    for number, holder in enumerate(holders):
        rows.figure(holder, by=shared, place=park if number % 2 else place, value=100 + number)
    address, seen = f"/en/dossiers/{place.public_id}/", []
    queries = []
    while address:
        with CaptureQueriesContext(connection) as asked:
            page = client.get(address).content.decode()
        queries.append(len(asked))
        promises = page.split('id="promises"')[1].split("</section>")[0]
        seen += [line.split('"')[0] for line in promises.split('id="promise-')[1:]]
        older = promises.split('rel="next"')[0].rpartition('href="')[2].split('"')[0] if "rel=" in promises else ""
        address = f"/en/dossiers/{place.public_id}/{older.split('#')[0]}" if 'rel="next"' in promises else ""
    assert len(seen) == len(set(seen)) == 45
    assert len(queries) == 3
    assert max(queries) <= 26


def test_a_promise_of_a_large_dossier_has_its_outcome_with_the_later_figure(client, large, shared):
    place = rows.subject("Oujda", SubjectKind.PLACE, by=shared)
    firm = rows.subject("Firm", by=shared)
    promised, later = rows.on(2020, 7, 10), rows.on(2021, 7, 10)
    rows.figure(firm, by=shared, place=place, value=100, stated_on=promised)
    rows.figure(firm, by=shared, place=place, value=140, kind=Kind.REPORTED, stated_on=later)
    rows.figure(rows.subject("Other", by=shared), by=shared, place=place, value=50)
    page = client.get(f"/en/dossiers/{place.public_id}/").content.decode()
    promises = page.split('id="promises"')[1].split("</section>")[0]
    assert promises.count("m-state-kept") == 1
    assert "Reached in time: 140 jobs" in promises.replace("\xa0", " ")


def test_the_round_of_every_hour_asks_where_figures_came_without_news(large, shared):
    walked = Sequence(6, shared)
    run_due_jobs()
    assert ask_stale_standings() == []
    Job.objects.all().delete()
    rows.figure(walked.firms[1].subject, by=shared, place=walked.park)
    Job.objects.all().delete()
    assert {standing.subject_id for standing in ask_stale_standings()} == {walked.city.pk, walked.park.pk}


def test_the_command_works_out_every_large_dossier_and_says_how_many_figures_it_read(large, shared):
    walked = Sequence(7, shared)
    Job.objects.all().delete()
    told = StringIO()
    call_command("standings", stdout=told)
    assert "Oujda: " in told.getvalue()
    assert "large dossiers" in told.getvalue()
    facts, wider = figures_asked_at_once(walked.city)
    assert Standing.objects.get(subject=walked.city).sums == sums_of(facts, wider)
