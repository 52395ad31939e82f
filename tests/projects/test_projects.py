"""Projects: opened once by what is promised, moved by one person or by two, and what is refused."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.agreements.domain.agreements import (
    AgreementFacts,
    PartyFacts,
    cite_agreement,
    record_agreement,
    sign_agreement,
)
from moussem.agreements.enums import AgreementKind, DutyKind
from moussem.audit.models import Entry
from moussem.core.models import Job, NewsItem
from moussem.core.news import deliver
from moussem.core.versions import ChangedMeanwhile
from moussem.engines.values import period as periods
from moussem.engines.values.kinds import Bound
from moussem.engines.values.measures import Measure
from moussem.evidence.domain.figures import record_figure
from moussem.evidence.domain.queries.lines import loaded_figures
from moussem.evidence.domain.statements import StatementFacts, record_statement
from moussem.evidence.enums import Kind, StatementKind, SubjectRole
from moussem.evidence.models import Figure
from moussem.projects.domain.openings import open_from_agreement
from moussem.projects.domain.passages import (
    AlreadyAnswered,
    AlreadyAsked,
    EvidenceNeeded,
    FieldsMissing,
    NotTheNextStage,
    ReasonNeeded,
    SamePerson,
    SecondPersonNeeded,
    WinnerNeeded,
    answer_passage,
    ask_passage,
    change_status,
    move_project,
)
from moussem.projects.domain.projects import (
    HolderNotPublic,
    NotAPromise,
    ProjectFacts,
    correct_project,
    open_project,
    publish_project,
    record_promise,
)
from moussem.projects.domain.queries.figures import is_joint, projects_of_figures
from moussem.projects.domain.queries.projects import joint_of, project_page, projects_seen, rows_of
from moussem.projects.enums import PassageState, ProjectOrigin, ProjectStatus, Stage
from moussem.projects.models import Passage, Project, StageEntry
from tests.evidence import rows
from tests.factories.accounts import AT, at_work
from tests.factories.agreements import a_promise, an_agreement
from tests.factories.directory import a_place, an_event, an_organisation
from tests.factories.projects import a_project


def jobs(value=1000, kind=Kind.ANNOUNCED, **facts):
    return rows.facts(value, kind=kind, **facts)


def at_stage(project, stage):
    """A project that stands at a stage, as if it had come there."""
    Project.objects.filter(pk=project.pk).update(stage=stage)
    project.refresh_from_db()
    return project


@pytest.fixture
def promising(editor):
    """An active project that promises a thousand jobs."""
    project = at_stage(a_project(editor), Stage.ACTIVE)
    record_promise(by=editor, at=AT, project=project, facts=jobs())
    return project


def signed(editor, **facts):
    firm, city = an_organisation(editor, "Intelcia"), a_place(editor)
    row = an_agreement(editor, parties=(PartyFacts(organisation=firm),), place=city, **facts)
    a_promise(editor, row, 800, bound=Bound.AT_MOST, due=periods.year(2022))
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=periods.day(date(2020, 7, 10)))
    return row


def test_a_signed_promise_of_jobs_opens_a_project_with_its_contracted_figure(editor):
    row = signed(editor)
    item = NewsItem.objects.get()
    deliver(item, "projects.receivers.open_what_is_promised")
    project, figure = Project.objects.get(), Figure.objects.get()
    assert (project.organisation.name, project.stage, project.origin) == ("Intelcia", "active", "agreement")
    assert project.agreement == row
    assert (figure.kind, figure.value, figure.bound, figure.horizon_start.year) == ("contracted", 800, "at_most", 2022)
    assert {link.role for link in figure.links.all()} == {"project", "holder", "place"}
    assert not figure.is_published
    assert Job.objects.filter(name="core.deliver_news").count() == 1


def test_the_same_news_again_opens_nothing_more_and_a_later_line_only_its_figure(editor):
    row = signed(editor)
    for _ in range(2):
        open_from_agreement(agreement=row.public_id, at=AT)
    a_promise(editor, row, 2_000_000_00, measure=Measure.INVESTMENT)
    open_from_agreement(agreement=row.public_id, at=AT)
    assert Project.objects.count() == 1
    assert sorted(Figure.objects.values_list("measure", "kind")) == [
        ("investment", "contracted"),
        ("jobs", "contracted"),
    ]
    assert StageEntry.objects.count() == 1


def test_the_agreements_document_is_the_source_of_what_it_promises(editor):
    firm = an_organisation(editor, "Saccom")
    row = an_agreement(editor, parties=(PartyFacts(organisation=firm),))
    citation = rows.citation(by=editor)
    cite_agreement(by=editor, at=AT, agreement=row, citation=citation)
    a_promise(editor, row)
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    open_from_agreement(agreement=row.public_id, at=AT)
    assert list(Figure.objects.get().citations.all()) == [citation]


def test_an_unnamed_debtor_opens_a_project_that_still_asks_who_invests(editor):
    row = an_agreement(editor, parties=(PartyFacts(words={"fr": "un autre opérateur"}),))
    a_promise(editor, row, None)
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    (project,) = open_from_agreement(agreement=row.public_id, at=AT)
    assert (project.organisation, project.stage) == (None, "prospect")
    assert project.name["fr"].startswith("un autre opérateur")
    assert Figure.objects.get().value is None


def test_an_objective_a_subsidy_and_an_unsigned_act_open_nothing(editor):
    row = an_agreement(editor)
    a_promise(editor, row, 2000, kind=DutyKind.OBJECTIVE)
    a_promise(editor, row, 500, measure=Measure.SUBSIDY)
    assert open_from_agreement(agreement=row.public_id, at=AT) == []
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    assert open_from_agreement(agreement=row.public_id, at=AT) == []


def test_the_same_origin_opens_one_project_and_no_origin_as_many_as_one_likes(editor):
    facts = ProjectFacts(name={"fr": "Centre"})
    for _ in range(2):
        open_project(by=editor, at=AT, facts=facts, origin=ProjectOrigin.MEETING, origin_key="meeting-1")
        open_project(by=editor, at=AT, facts=facts)
    assert Project.objects.count() == 3


def test_a_project_goes_on_by_one_stage_and_only_with_what_the_stage_asks_for(editor):
    project = open_project(by=editor, at=AT, facts=ProjectFacts(name={"fr": "Centre"}))
    with pytest.raises(NotTheNextStage):
        move_project(by=editor, at=AT, project=project, to_stage=Stage.ACTIVE)
    with pytest.raises(FieldsMissing) as refused:
        move_project(by=editor, at=AT, project=project, to_stage=Stage.QUALIFIED)
    assert [row.name for row in refused.value.missing] == ["organisation"]
    known = ProjectFacts(name={"fr": "Centre"}, organisation=an_organisation(editor), place=a_place(editor))
    correct_project(by=editor, at=AT, project=project, read_version=project.version, facts=known)
    for stage in (Stage.QUALIFIED, Stage.ACTIVE):
        move_project(by=editor, at=AT, project=project, to_stage=stage)
    assert project.stage == Stage.ACTIVE
    assert Entry.objects.filter(verb="move_project").count() == 2


def test_going_back_is_told_with_its_reason(editor):
    project = at_stage(a_project(editor), Stage.ACTIVE)
    with pytest.raises(ReasonNeeded):
        move_project(by=editor, at=AT, project=project, to_stage=Stage.PROSPECT)
    move_project(by=editor, at=AT, project=project, to_stage=Stage.PROSPECT, words="Le décideur est parti")
    assert StageEntry.objects.latest("pk").words == "Le décideur est parti"


def test_nobody_commits_a_project_alone(editor, second, promising):
    with pytest.raises(SecondPersonNeeded):
        move_project(by=editor, at=AT, project=promising, to_stage=Stage.COMMITTED)
    with pytest.raises(EvidenceNeeded):
        ask_passage(by=editor, at=AT, project=promising, evidence_words="")
    passage = ask_passage(by=editor, at=AT, project=promising, evidence_words="Bail signé")
    with pytest.raises(AlreadyAsked):
        ask_passage(by=second, at=AT, project=promising, evidence_words="Bail signé")
    with pytest.raises(SamePerson):
        answer_passage(by=editor, at=AT, passage=passage, confirmed=True)
    answer_passage(by=second, at=AT, passage=passage, confirmed=True)
    promising.refresh_from_db()
    entry = StageEntry.objects.latest("pk")
    assert promising.stage == Stage.COMMITTED
    assert (entry.by_label, entry.second_label, entry.words) == ("tests", "second", "Bail signé")


def test_the_database_itself_refuses_two_eyes(editor, promising):
    passage = ask_passage(by=editor, at=AT, project=promising, evidence_words="Bail")
    with pytest.raises(IntegrityError), transaction.atomic():
        Passage.objects.filter(pk=passage.pk).update(answered_by=passage.asked_by)


def test_a_refused_passage_leaves_the_project_and_lets_it_be_asked_again(editor, second, promising):
    passage = ask_passage(by=editor, at=AT, project=promising, evidence_words="Une promesse")
    with pytest.raises(ReasonNeeded):
        answer_passage(by=second, at=AT, passage=passage, confirmed=False)
    answer_passage(by=second, at=AT, passage=passage, confirmed=False, words="Aucun bail vu")
    promising.refresh_from_db()
    assert promising.stage == Stage.ACTIVE
    ask_passage(by=editor, at=AT, project=promising, evidence_words="Bail signé")


def naively(passage):
    """What a careless programmer writes: look, then act on what was seen."""
    if passage.state == PassageState.ASKED:
        Passage.objects.filter(pk=passage.pk).update(state=PassageState.CONFIRMED)
        project = passage.project
        StageEntry.objects.create(
            promoter_id=project.promoter_id, project=project, from_stage=project.stage, to_stage=passage.to_stage,
            status=project.status, at=AT, by_label="naive",
        )  # fmt: skip


def test_two_who_confirm_at_once_have_one_effect_where_the_naive_way_has_two(editor, second, oriental, promising):
    passage = ask_passage(by=editor, at=AT, project=promising, evidence_words="Bail")
    before = StageEntry.objects.count()
    with transaction.atomic():
        seen_by_both = [Passage.objects.select_related("project").get(pk=passage.pk) for _ in range(2)]
        for seen in seen_by_both:
            naively(seen)
        assert StageEntry.objects.count() == before + 2
        transaction.set_rollback(True)
    seen_by_both = [Passage.objects.select_related("project").get(pk=passage.pk) for _ in range(2)]
    answer_passage(by=second, at=AT, passage=seen_by_both[0], confirmed=True)
    third = at_work(oriental, "account_owner").acting_for(
        promoter_pk=oriental.pk, promoter_key=oriental.key, roles=frozenset({"organiser"})
    )
    with pytest.raises((AlreadyAnswered, SamePerson)):
        answer_passage(by=third, at=AT, passage=seen_by_both[1], confirmed=True)
    with pytest.raises(AlreadyAnswered):
        answer_passage(by=second, at=AT, passage=seen_by_both[1], confirmed=True)
    assert StageEntry.objects.count() == before + 1


def test_a_lost_project_names_who_won_and_why_and_its_stage_stays(editor):
    project = at_stage(a_project(editor), Stage.ACTIVE)
    with pytest.raises(WinnerNeeded):
        change_status(by=editor, at=AT, project=project, status=ProjectStatus.LOST, words="Coût")
    with pytest.raises(ReasonNeeded):
        change_status(by=editor, at=AT, project=project, status=ProjectStatus.LOST, lost_to="Tunis")
    change_status(by=editor, at=AT, project=project, status=ProjectStatus.LOST, lost_to="Tunis", words="Coût")
    assert (project.status, project.lost_to, project.stage) == ("lost", "Tunis", "active")
    change_status(by=editor, at=AT, project=project, status=ProjectStatus.ONGOING)
    assert project.lost_to == ""


def test_what_was_counted_is_no_promise(editor):
    with pytest.raises(NotAPromise):
        record_promise(by=editor, at=AT, project=a_project(editor), facts=jobs(kind=Kind.DECLARED))


def test_a_project_is_public_when_its_holder_is(editor):
    closed = a_project(editor, firm=an_organisation(editor, "Discrète", publish=False))
    with pytest.raises(HolderNotPublic):
        publish_project(by=editor, at=AT, project=closed)
    opened = publish_project(by=editor, at=AT, project=a_project(editor, "Autre"))
    opened.subject.refresh_from_db()
    assert opened.is_published
    assert opened.subject.is_published


def test_who_corrects_second_is_told(editor):
    project = a_project(editor)
    facts = ProjectFacts(name={"fr": "Un"}, organisation=project.organisation)
    correct_project(by=editor, at=AT, project=project, read_version=1, facts=facts)
    with pytest.raises(ChangedMeanwhile):
        correct_project(by=editor, at=AT, project=project, read_version=1, facts=facts)


def test_a_rival_and_an_observer_write_nothing(editor, rival, oriental):
    project = a_project(editor)
    with pytest.raises(ForeignRow):
        move_project(by=rival, at=AT, project=project, to_stage=Stage.QUALIFIED)
    with pytest.raises(NotAllowed):
        move_project(by=at_work(oriental, "observer"), at=AT, project=project, to_stage=Stage.QUALIFIED)
    with pytest.raises(ForeignRow):
        open_project(by=rival, at=AT, facts=ProjectFacts(name={"fr": "x"}, event=an_event(editor, publish=False)))
    assert not Project.objects.visible_to(rival).exists()


def test_an_act_of_two_debtors_opens_a_project_for_each(editor):
    parties = [PartyFacts(organisation=an_organisation(editor, name)) for name in ("Saccom", "Eca")]
    facts = AgreementFacts(kind=AgreementKind.CONVENTION, title={"fr": "Pacte"})
    row = record_agreement(by=editor, at=AT, facts=facts, parties=parties)
    for party in row.parties.all():
        a_promise(editor, row, 100, debtor=party)
    sign_agreement(by=editor, at=AT, agreement=row, signed_on=None)
    assert len(open_from_agreement(agreement=row.public_id, at=AT)) == 2


def test_a_figure_of_several_projects_stands_beside_each_and_in_no_column(editor):
    firms = [an_organisation(editor, name) for name in ("Saccom", "Notoriety")]
    projects = [a_project(editor, firm.name, firm=firm) for firm in firms]
    subjects = [(SubjectRole.HOLDER, firm.subject) for firm in firms]
    subjects += [(SubjectRole.PROJECT, project.subject) for project in projects]
    joint = record_figure(by=editor, at=AT, facts=jobs(3000, bound=Bound.OVER), subjects=subjects)
    record_promise(by=editor, at=AT, project=projects[0], facts=jobs(1000))
    first, second = rows_of(editor, projects, at=AT)
    assert [[int(line.value) for line in row.columns[0].figures] for row in (first, second)] == [[1000], []]
    assert [[line.value for line in row.joint] for row in (first, second)] == [[3000], [3000]]
    assert [line.value for line in joint_of([first, second])] == [3000]
    figures = list(loaded_figures(Figure.objects.order_by("pk")))
    tied = projects_of_figures(editor, figures)
    assert [len(tied[figure.pk]) for figure in figures] == [2, 1]
    assert [figure.pk == joint.pk for figure in figures if is_joint(figure)] == [True]


def test_a_joint_figure_that_opened_a_project_is_not_its_own(editor):
    firms = [an_organisation(editor, name) for name in ("Saccom", "Eca groupe")]
    joint = rows.figure(*(firm.subject for firm in firms), by=editor, value=3000, bound=Bound.OVER)
    project = open_project(
        by=editor, at=AT, origin=ProjectOrigin.ANNOUNCEMENT, origin_key=str(joint.public_id),
        facts=ProjectFacts(name={"fr": "Saccom"}, organisation=firms[0]),
    )  # fmt: skip
    (row,) = rows_of(editor, [project], at=AT)
    assert (row.columns[0].figures, [line.value for line in row.joint]) == ((), [3000])
    (figure,) = loaded_figures(Figure.objects.all())
    assert projects_of_figures(editor, [figure])[figure.pk] == [project]


def test_how_a_project_fares_may_be_not_stated_and_is_stated_later(editor):
    project = open_project(
        by=editor, at=AT, facts=ProjectFacts(name={"fr": "Eca groupe"}), status=ProjectStatus.NOT_STATED
    )
    assert (project.status, StageEntry.objects.get().status) == ("not_stated", "not_stated")
    change_status(by=editor, at=AT, project=project, status=ProjectStatus.ONGOING)
    assert Project.objects.get().status == ProjectStatus.ONGOING


def test_what_sources_say_of_a_project_stands_newest_first_with_its_openings(editor):
    project = a_project(editor)
    about = [(SubjectRole.PROJECT, project.subject)]
    for kind, forward, said in (
        (StatementKind.OPENING, True, {"stated_on": periods.month(2020, 7), "horizon": periods.month(2020, 8)}),
        (StatementKind.STARTED, False, {"period": periods.month(2020, 10)}),
        (StatementKind.LISTING, False, {}),
    ):
        facts = StatementFacts(kind=kind, words={"fr": str(kind)}, forward=forward, **said)
        record_statement(by=editor, at=AT, facts=facts, subjects=about)
    page = project_page(editor, projects_seen(editor).get(), as_of=AT.date())
    assert [line.words for line in page.statements] == ["started", "opening", "listing"]
    assert (page.opening.horizon, page.started.period) == (periods.month(2020, 8), periods.month(2020, 10))
