"""Projects opened from an announcement and from a meeting that took place: by the visible button, and once."""

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.core.ids import uuid7
from moussem.evidence.domain.figures import replace_figure
from moussem.evidence.enums import Kind, SubjectRole
from moussem.meetings.domain.outcomes import note_outcome
from moussem.projects.domain.openings import NotAnnounced, NotHeld, open_from_announcement, open_from_meeting
from moussem.projects.domain.projects import ProjectFacts
from moussem.projects.enums import ProjectOrigin
from moussem.projects.models import Project
from tests.evidence import rows
from tests.factories.accounts import AT, at_work, staff
from tests.factories.directory import a_place, an_organisation
from tests.factories.meetings import AFTER, a_gathering, a_guest, a_meeting, by_link, hours

NEW = "/p/oriental/projects/new/"
FACTS = ProjectFacts(name={"fr": "Centre"})


@pytest.fixture
def meeting(editor):
    """Two guests who meet; nobody said yet whether it took place."""
    event = a_gathering(editor)
    hours(editor, event)
    asker = a_guest(editor, event, "Amal Idrissi", firm="Agence d’Oujda")
    return a_meeting(editor, asker, a_guest(editor, event, "Jean Martin", firm="Intelcia"))


@pytest.fixture
def held(meeting):
    for side in meeting.sides.all():
        note_outcome(by=by_link(side.registration), at=AFTER, side=side, took_place=True)
    meeting.refresh_from_db()
    return meeting


def page_of(client, address):
    response = client.get(address)
    assert response.status_code == 200, (address, response.status_code)
    return response.content.decode()


def button(page, words):
    """The address of the link that reads so."""
    before = page.partition(words)[0]
    return before.rpartition('<a class="m-btn" href="')[2].partition('"')[0].replace("&amp;", "&")


def test_a_meeting_that_took_place_opens_a_project_by_its_button_once(desk, held, editor):
    a_place(editor)
    here = f"/p/oriental/meetings/{held.public_id}/"
    new = button(page_of(desk, here), "Ouvrir un projet avec Intelcia")
    assert new.startswith(NEW)
    assert 'value="Intelcia"' in page_of(desk, new)
    for _ in range(2):
        sent = desk.post(new, {"nonce": str(uuid7()), "organisation": "Intelcia", "place": "Oujda"})
        assert sent.status_code == 302
    project = Project.objects.get()
    assert (project.origin, project.event, project.organisation.name) == (ProjectOrigin.MEETING, held.event, "Intelcia")
    after = page_of(desk, here)
    assert f"/p/oriental/projects/{project.public_id}/" in after
    assert "Ouvrir un projet avec Intelcia" not in after
    assert "Ouvrir un projet avec Agence" in after
    assert f'href="{here}"' in page_of(desk, sent.url)


def test_each_side_of_a_meeting_may_have_its_project(editor, held):
    for side in held.request.sides:
        open_from_meeting(by=editor, at=AT, meeting=held, about=side, facts=FACTS)
    assert Project.objects.count() == 2


def test_a_meeting_that_did_not_take_place_opens_nothing(desk, editor, meeting):
    here = f"/p/oriental/meetings/{meeting.public_id}/"
    assert "Ouvrir un projet avec" not in page_of(desk, here)
    with pytest.raises(NotHeld):
        open_from_meeting(by=editor, at=AT, meeting=meeting, about=meeting.request.asked, facts=FACTS)
    address = f"{NEW}?meeting={meeting.public_id}&side={meeting.request.asked.public_id}"
    refused = desk.post(address, {"nonce": str(uuid7()), "organisation": "Intelcia"})
    assert refused.status_code == 422
    assert "Le rendez-vous n’a pas eu lieu" in refused.content.decode()
    assert not Project.objects.exists()


def test_a_guest_of_no_side_and_a_rival_open_nothing_from_a_meeting(editor, rival, held, oriental):
    stranger = a_guest(editor, held.event, "Nora Alami")
    with pytest.raises(ForeignRow):
        open_from_meeting(by=editor, at=AT, meeting=held, about=stranger, facts=FACTS)
    with pytest.raises(ForeignRow):
        open_from_meeting(by=rival, at=AT, meeting=held, about=held.request.asked, facts=FACTS)
    with pytest.raises(NotAllowed):
        open_from_meeting(by=at_work(oriental, "observer"), at=AT, meeting=held, about=held.request.asked, facts=FACTS)
    assert not Project.objects.exists()


def test_who_may_not_read_meetings_is_not_led_to_one(client, editor, held, oriental):
    project = open_from_meeting(by=editor, at=AT, meeting=held, about=held.request.asked, facts=FACTS)
    client.force_login(staff(oriental, "fund_officer"))
    page = page_of(client, f"/p/oriental/projects/{project.public_id}/")
    assert f"/meetings/{held.public_id}/" not in page


def test_an_announcement_opens_its_project_by_the_button_and_shows_it_afterwards(desk, editor):
    firm = an_organisation(editor, "Saccom")
    figure = rows.figure(firm.subject, by=editor, value=1000)
    here = f"/p/oriental/figures/{figure.public_id}/"
    new = button(page_of(desk, here), "Ouvrir un projet")
    assert 'value="Saccom"' in page_of(desk, new)
    assert desk.post(new, {"nonce": str(uuid7()), "organisation": "Saccom"}).status_code == 302
    project = Project.objects.get()
    after = page_of(desk, here)
    assert f"/p/oriental/projects/{project.public_id}/" in after
    assert new not in after.replace("&amp;", "&")
    assert f'href="{here}"' in page_of(desk, f"/p/oriental/projects/{project.public_id}/")


def test_a_joint_announcement_does_not_say_whose_the_project_is(desk, editor):
    firms = [an_organisation(editor, name).subject for name in ("Saccom", "Notoriety")]
    figure = rows.figure(firms[0], by=editor, value=3000)
    figure.links.model.tie(figure, firms[1], SubjectRole.HOLDER).save()
    page = page_of(desk, f"{NEW}?figure={figure.public_id}")
    assert 'name="organisation" value=' not in page
    assert 'name="organisation" ' in page


def test_only_a_standing_announcement_opens_a_project(desk, editor):
    firm = an_organisation(editor, "Saccom")
    reported = rows.figure(firm.subject, by=editor, value=27, kind=Kind.REPORTED)
    replaced = rows.figure(firm.subject, by=editor, value=1000)
    replace_figure(by=editor, at=AT, figure=replaced, facts=rows.facts(900), reason="Erreur")
    replaced.refresh_from_db()
    for figure in (reported, replaced):
        with pytest.raises(NotAnnounced):
            open_from_announcement(by=editor, at=AT, figure=figure, facts=FACTS)
        assert f"{NEW}?figure=" not in page_of(desk, f"/p/oriental/figures/{figure.public_id}/")
    refused = desk.post(f"{NEW}?figure={reported.public_id}", {"nonce": str(uuid7()), "organisation": "Saccom"})
    assert refused.status_code == 422
    assert not Project.objects.exists()


def test_an_announcement_of_a_rival_that_is_closed_is_not_in_reach(editor, rival):
    theirs = rows.figure(an_organisation(rival, "Autre").subject, by=rival, publish=False)
    with pytest.raises(ForeignRow):
        open_from_announcement(by=editor, at=AT, figure=theirs, facts=FACTS)
