"""Next steps: noted once, given, moved, settled once; by those who may, of their own promoter only."""

from datetime import date

import pytest

from moussem.accounts.domain.refusals import ForeignRow, NotAllowed
from moussem.accounts.enums import Role
from moussem.actions.domain import actions as verbs
from moussem.actions.domain.queries.actions import actions_page, colleagues_at_work, next_steps
from moussem.actions.models import Action
from moussem.audit.models import Entry
from moussem.core.actor import task_actor
from moussem.core.versions import ChangedMeanwhile
from tests.evidence import rows
from tests.factories.accounts import AT, a_promoter, at_work, staff
from tests.factories.actions import an_action

pytestmark = pytest.mark.django_db
TODAY = date(2026, 1, 5)


@pytest.fixture
def cri():
    return a_promoter("cri")


@pytest.fixture
def by(cri):
    return at_work(cri, Role.ORGANISER)


def test_a_next_step_says_what_whose_and_until_when_and_the_ledger_tells_of_it(cri, by):
    owner = staff(cri, Role.ACCOUNT_OWNER)
    action = an_action(by, owner=owner, due_on=TODAY)

    assert (action.words, action.owner, action.due_on, action.state) == ("Call the director", owner, TODAY, "open")
    entry = Entry.objects.get(object_kind="action")
    assert (entry.verb, entry.object_id) == ("open_action", str(action.public_id))


def test_the_same_origin_opens_one_next_step_and_two_written_by_hand_are_two(by):
    first = an_action(by, origin_kind="meeting", origin_key="1")
    again = an_action(by, "Other words", origin_kind="meeting", origin_key="1")
    other = an_action(by, origin_kind="meeting", origin_key="2")

    assert first == again
    assert again.words == "Call the director"
    assert other != first
    assert an_action(by) != an_action(by)
    assert Entry.objects.filter(verb="open_action").count() == 4


def test_the_house_itself_may_open_one_for_its_promoter_and_for_no_other(cri):
    assert an_action(task_actor("sweep", promoter_pk=cri.pk, promoter_key=cri.key)).promoter == cri
    with pytest.raises(NotAllowed):
        an_action(task_actor("sweep"))


@pytest.mark.parametrize("role", [Role.JUROR, Role.OBSERVER])
def test_who_only_looks_opens_and_settles_nothing(cri, by, role):
    action, looking = an_action(by), at_work(cri, role)
    with pytest.raises(NotAllowed):
        an_action(looking)
    with pytest.raises(NotAllowed):
        verbs.finish_action(by=looking, at=AT, action=action)


def test_a_next_step_cannot_be_given_to_somebody_who_does_not_work_here(by):
    stranger = staff(a_promoter("other"), Role.ORGANISER)
    with pytest.raises(verbs.NotAColleague):
        an_action(by, owner=stranger)
    action = an_action(by)
    with pytest.raises(verbs.NotAColleague):
        verbs.plan_action(
            by=by, at=AT, action=action, read_version=1, words=action.words, owner=stranger, due_on=None
        )  # fmt: skip
    assert stranger not in colleagues_at_work(by)


def test_a_next_step_is_about_what_its_promoter_may_see(by):
    hidden = rows.subject(by=rows.editor(a_promoter("other")), published=False)
    with pytest.raises(ForeignRow):
        an_action(by, about=hidden)
    assert an_action(by, about=rows.subject(by=rows.editor(a_promoter("third")))).about is not None


def test_another_promoters_next_step_is_not_settled_here(by):
    theirs = an_action(at_work(a_promoter("other"), Role.ORGANISER))
    with pytest.raises(ForeignRow):
        verbs.finish_action(by=by, at=AT, action=theirs)
    theirs.refresh_from_db()
    assert theirs.state == "open"


def test_it_is_settled_once_with_what_came_of_it(by):
    action = an_action(by)
    verbs.finish_action(by=by, at=AT, action=action, words="She comes")
    assert (action.state, action.settled_words, action.settled_at) == ("done", "She comes", AT)
    with pytest.raises(verbs.ActionSettled):
        verbs.drop_action(by=by, at=AT, action=action, reason="No")
    with pytest.raises(verbs.ActionSettled):
        verbs.plan_action(by=by, at=AT, action=action, read_version=2, words="x", owner=None, due_on=None)


@pytest.mark.parametrize("reason", ["", "  "])
def test_it_is_not_dropped_without_a_reason(by, reason):
    action = an_action(by)
    with pytest.raises(verbs.ReasonMissing):
        verbs.drop_action(by=by, at=AT, action=action, reason=reason)
    verbs.drop_action(by=by, at=AT, action=action, reason="The firm closed")
    assert (action.state, action.settled_words) == ("dropped", "The firm closed")


def test_who_saves_second_is_told_what_stands_now(by):
    action = an_action(by)
    verbs.plan_action(by=by, at=AT, action=action, read_version=1, words="Write", owner=None, due_on=TODAY)
    with pytest.raises(ChangedMeanwhile) as told:
        verbs.plan_action(by=by, at=AT, action=action, read_version=1, words="Wait", owner=None, due_on=None)
    assert told.value.current.words == "Write"
    assert told.value.attempted["words"] == "Wait"


def test_the_latest_due_comes_last_and_what_has_no_date_after_all(by):
    undated = an_action(by, "none")
    later, late = an_action(by, "later", due_on=date(2026, 2, 1)), an_action(by, "late", due_on=date(2026, 1, 4))
    on_the_day = an_action(by, "today", due_on=TODAY)

    lines = next_steps(by, today=TODAY)

    assert [line.action for line in lines] == [late, on_the_day, later, undated]
    assert [line.is_late for line in lines] == [True, False, False, False]


def test_every_next_step_is_on_exactly_one_page_of_the_list(by, monkeypatch):
    monkeypatch.setattr("moussem.actions.domain.queries.actions.PAGE", 2)
    wanted = [an_action(by, str(n), due_on=on) for n, on in enumerate([TODAY, TODAY, TODAY, None, None])]
    seen, cursor = [], ""
    for _ in range(5):
        page = actions_page(by, today=TODAY, cursor=cursor)
        seen += [line.action for line in page.lines]
        cursor = page.after
        if not cursor:
            break
    # Two made in one millisecond stand in the order of their identifiers, which is by chance.
    assert seen == sorted(wanted, key=lambda one: (one.due_on is None, one.public_id))
    assert Action.objects.count() == 5
