"""Programmes and applications in the API: the three cases, bounds, what is refused, who sees what."""

import pytest

from tests.factories.accounts import at_work
from tests.factories.directory import an_organisation
from tests.factories.programmes import a_call, a_programme, an_application, rules

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(oriental):
    return at_work(oriental, "fund_officer")


@pytest.fixture
def call(officer):
    return a_call(officer)


@pytest.mark.parametrize(
    ("stated", "verdict", "wanted"),
    [
        ("investment=999999&jobs=20", "no", []),
        ("investment=1000000&jobs=19", "no", []),
        ("investment=1000000&jobs=20", "yes", []),
        ("investment=1000000", "cannot_say", ["jobs"]),
        ("", "cannot_say", ["investment", "jobs"]),
        ("investment=900000&investment_bound=over&jobs=20", "cannot_say", ["investment"]),
        ("investment=1000000&investment_bound=at_least&jobs=20", "yes", []),
        ("investment=5000000&investment_bound=about&jobs=20", "cannot_say", ["investment"]),
    ],
)
def test_the_three_cases_of_the_fund(ask, call, stated, verdict, wanted):
    status, answer = ask(f"programmes/{call.programme.public_id}/assess?{stated}&language=en")
    assert (status, answer["verdict"], answer["ask"]) == (200, verdict, wanted)


def test_each_reason_names_the_rule_the_value_and_what_to_ask_for(ask, call):
    _status, answer = ask(f"programmes/{call.programme.public_id}/assess?investment=1000000&language=en")
    money, jobs = answer["reasons"]
    assert money["stated"] == {"value": "1000000", "value_max": None, "bound": "equal", "unit": "MAD"}
    assert (money["bound"], money["included"], money["comparison"]) == ("1000000", True, "from")
    assert (jobs["stated"], jobs["ask"], jobs["decides"]) == (None, "value", True)
    assert jobs["sentence"] == (
        "Jobs to create: not stated; the rule asks for at least 20\u00a0jobs (included). State it."
    )


@pytest.mark.parametrize(
    ("asked", "status", "error"),
    [
        ("investment=much", 422, "NumberUnreadable"),
        ("investment=-1", 422, "NumberUnreadable"),
        ("investment=1&investment_bound=range", 422, "NumberUnreadable"),
        ("jobs=1.5", 422, "NumberUnreadable"),
        ("weather=1", 422, "UnknownFilter"),
        ("investment_bound=near", 422, "NotUnderstood"),
        ("rule_set=9", 404, "RulesNotStated"),
    ],
)
def test_what_cannot_be_assessed_is_told(ask, call, asked, status, error):
    answered, body = ask(f"programmes/{call.programme.public_id}/assess?{asked}")
    assert (answered, body["error"]) == (status, error)


def test_inferred_rules_answer_only_by_their_number(ask, officer):
    programme = a_programme(officer)
    rules(officer, programme, inferred={"fr": "Même montant."})
    assert ask(f"programmes/{programme.public_id}/assess")[0] == 404
    assert ask(f"programmes/{programme.public_id}/assess?rule_set=1&investment=1")[1]["verdict"] == "no"


def test_a_programme_is_shown_with_rules_and_open_calls(ask, call, officer):
    hidden = a_programme(officer, "canari-8Tz", publish=False)
    _status, listed = ask("programmes?language=en")
    (item,) = listed["items"]
    assert (item["kind"], item["envelope"]) == ("grant", "55000000")
    assert item["rule_sets"][0]["rules"]["all"][0]["bound"] == "1000000"
    assert [one["id"] for one in item["calls"]] == [str(call.public_id)]
    assert ask(f"programmes/{hidden.public_id}")[0] == 404
    assert ask("programmes?kind=equity")[1]["items"] == []
    assert ask(f"programmes/{item['id']}?language=en")[1] == item


def test_applications_are_seen_by_the_fund_s_own_token_only(ask, bearer, call, officer, editor, oriental, rival):
    row = an_application(officer, call, an_organisation(editor))
    own = bearer(oriental, role="fund_officer")
    _status, listed = ask("applications", **own)
    (item,) = listed["items"]
    assert (item["state"], item["asked_for"], item["assessment"]["verdict"]) == ("submitted", "1000000", "yes")
    assert ask(f"applications/{row.public_id}", **own)[1] == item
    strangers = [{}, bearer(rival, role="fund_officer"), bearer(oriental, role="juror")]
    for headers in strangers:
        assert ask("applications", **headers)[1]["items"] == []
        assert ask(f"applications/{row.public_id}", **headers)[0] == 404
