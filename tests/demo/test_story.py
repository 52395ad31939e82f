"""The playground's story: every state of the way is there on the day it is opened, and nothing of it is real."""

from collections import Counter

import pytest
from django.utils import timezone

from moussem.core.actor import task_actor
from moussem.demo.domain.playgrounds import begin_anew
from moussem.directory.models import Organisation, Person
from moussem.evidence.models import Figure
from moussem.guests.models import Invitation, Prequalification, Standing, Target
from moussem.meetings.models import Meeting
from moussem.programmes.models import Application
from moussem.projects.models import HeadcountReturn, Project

pytestmark = pytest.mark.django_db


def states(model, **narrowed):
    return dict(Counter(str(state) for state in model.objects.filter(**narrowed).values_list("state", flat=True)))


def test_of_28_invited_11_come_4_are_online_3_decline_8_are_silent_and_2_wait(opened):
    to_come = Invitation.objects.filter(event__period_start__gt=timezone.localdate(), origin="invitation")
    assert dict(Counter(to_come.values_list("state", flat=True))) == {
        "on_site": 11, "online": 4, "declined": 3, "sent": 8, "waiting": 2
    }  # fmt: skip


def test_the_list_to_come_says_why_each_guest_is_on_it(opened):
    listed = Target.objects.filter(event__period_start__gt=timezone.localdate())
    assert listed.count() == 34
    assert not listed.filter(standing=None).exists()
    assert not listed.filter(legal_basis="").exists()
    assert listed.values("owner").distinct().count() == 2
    assert Prequalification.objects.values("target").distinct().count() == 16
    answers = {line["answer"] for row in Standing.objects.all() for line in row.assessment}
    assert answers == {"yes", "partly", "no", "cannot_say"}
    assert Standing.objects.filter(share=100).exists()
    assert Standing.objects.filter(share__lt=50).exists()


def test_of_twelve_who_registered_6_come_2_wait_2_are_to_approve_one_was_refused_and_one_withdrew(opened):
    assert states(Invitation, origin="open_form") == {
        "on_site": 6, "waiting": 2, "asked": 2, "refused": 1, "declined": 1
    }  # fmt: skip


def test_three_meetings_took_place_and_seven_projects_follow(opened):
    assert states(Meeting) == {"held": 3}
    stages = Counter(Project.objects.values_list("stage", flat=True))
    assert (sum(stages.values()), stages["implementing"]) == (7, 2)


def test_of_five_returns_one_is_missing_one_corrected_one_verified_below_its_promise(opened):
    assert states(HeadcountReturn) == {"declared": 2, "asked": 1, "corrected": 1, "checked": 1, "verified": 1}
    verified = HeadcountReturn.objects.get(state="verified")
    assert verified.verified_figure.value < verified.project.subject.figures.get(kind="contracted").value


def test_every_figure_of_it_has_its_source(opened):
    assert Figure.objects.exists()
    assert not Figure.objects.filter(citations=None).exists()


def test_a_call_has_an_application_in_each_state(opened):
    assert set(states(Application)) == {"draft", "submitted", "more_asked", "withdrawn", "awarded", "refused"}


def test_everybody_in_it_is_named_an_example(opened):
    names = [*Organisation.objects.values_list("name", flat=True), *Person.objects.values_list("name", flat=True)]
    assert [name for name in names if "(exemple)" not in name] == []


def test_begun_anew_the_story_is_told_once_again(opened):
    begin_anew(promoter=opened, by=_team(opened), at=timezone.now())
    assert (Project.objects.count(), HeadcountReturn.objects.count()) == (7, 6)


def _team(promoter):
    return task_actor("tests", promoter_pk=promoter.pk, promoter_key=promoter.key)
