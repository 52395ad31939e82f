"""Projects and headcount returns in the API."""

import pytest

from moussem.projects.domain.projects import publish_project
from tests.factories.accounts import AT
from tests.factories.directory import an_event
from tests.factories.projects import a_declared_return, a_project, a_return

pytestmark = pytest.mark.django_db


def test_a_published_project_is_everybodys_and_a_closed_one_its_promoters(ask, editor, oriental, rival, bearer):
    opened, closed = a_project(editor, "Ouvert"), a_project(editor, "Fermé")
    publish_project(by=editor, at=AT, project=opened)
    status, item = ask(f"projects/{opened.public_id}")
    assert (status, item["stage"], item["status"], item["lost_to"]) == (200, "prospect", "ongoing", None)
    assert ask(f"projects/{closed.public_id}")[0] == 404
    assert ask(f"projects/{closed.public_id}", **bearer(rival))[0] == 404
    assert ask(f"projects/{closed.public_id}", **bearer(oriental))[0] == 200
    firm = opened.organisation.public_id
    assert len(ask(f"projects?organisation={firm}&stage=prospect&origin=staff&status=ongoing")[1]["items"]) == 1
    assert ask("projects?stage=closed")[1]["items"] == []


def test_returns_are_their_promoters_only_and_say_null_until_they_are_declared(ask, editor, oriental, rival, bearer):
    project = a_project(editor)
    asked, declared = a_return(editor, project), a_declared_return(editor, a_project(editor, "Autre"))
    for header in ({}, bearer(rival)):
        assert ask("returns", **header)[1]["items"] == []
        assert ask(f"returns/{declared.public_id}", **header)[0] == 404
    header = bearer(oriental)
    waiting = ask(f"returns/{asked.public_id}", **header)[1]
    assert (waiting["present"], waiting["hired"], waiting["left"], waiting["state"]) == (None, None, None, "asked")
    found = ask("returns?state=declared", **header)[1]["items"]
    assert [(item["present"], item["hired"], item["left"]) for item in found] == [(240, 60, 20)]
    assert len(ask(f"returns?project={project.public_id}", **header)[1]["items"]) == 1


def test_a_token_for_one_event_sees_what_came_of_it(ask, editor, oriental, bearer):
    event = an_event(editor)
    here, elsewhere = a_project(editor, "Ici", event=event), a_project(editor, "Ailleurs")
    header = bearer(oriental, event=event.public_id)
    assert ask(f"projects/{here.public_id}", **header)[0] == 200
    assert ask(f"projects/{elsewhere.public_id}", **header)[0] == 404
