"""What contradicts a figure, as far as the caller may know of it."""

import pytest

from moussem.evidence.domain.statements import set_against
from tests.evidence import rows

pytestmark = pytest.mark.django_db


def against(editor, *figures, publish=True):
    return set_against(
        by=editor, at=rows.NOW, key="", words={"fr": "Deux chiffres."}, figures=list(figures), publish=publish
    )


def test_the_sides_of_a_contradiction_name_one_another(ask, editor):
    one, other = rows.figure(by=editor, value=100), rows.figure(by=editor, value=200)
    against(editor, one, other)
    _, item = ask(f"figures/{one.public_id}")
    assert item["contradictions"] == [
        {"words": "Deux chiffres.", "figures": [str(one.public_id), str(other.public_id)], "statements": []}
    ]


def test_a_side_that_is_not_public_is_not_named_to_the_public(ask, editor):
    one, hidden = rows.figure(by=editor, value=100), rows.figure(by=editor, value=200, publish=False)
    against(editor, one, hidden)
    assert ask(f"figures/{one.public_id}")[1]["contradictions"] == []


def test_of_three_sides_the_public_is_told_the_two_it_sees(ask, editor):
    one, other = rows.figure(by=editor, value=100), rows.figure(by=editor, value=200)
    hidden = rows.figure(by=editor, value=300, publish=False)
    against(editor, one, other, hidden)
    (told,) = ask(f"figures/{one.public_id}")[1]["contradictions"]
    assert told["figures"] == [str(one.public_id), str(other.public_id)]


def test_a_contradiction_that_is_not_published_is_not_told(ask, editor):
    one, other = rows.figure(by=editor, value=100), rows.figure(by=editor, value=200)
    against(editor, one, other, publish=False)
    assert ask(f"figures/{one.public_id}")[1]["contradictions"] == []


def test_the_promoters_own_program_sees_its_closed_side(ask, editor, oriental, bearer):
    one, hidden = rows.figure(by=editor, value=100), rows.figure(by=editor, value=200, publish=False)
    against(editor, one, hidden, publish=False)
    (told,) = ask(f"figures/{one.public_id}", **bearer(oriental))[1]["contradictions"]
    assert len(told["figures"]) == 2
