"""The three cases of the council's fund, the same wherever a person or a program can ask.

One table says the answer, the fact to ask for and the sentence with the value, the rule and the words. Each door of the
product is tried with each row: the engine, the pages of programme and call, the applicant's and the officer's pages,
the decision and its letter, the API; on rules that a promoter wrote, and on the season's own fund.
"""

from html import unescape

import pytest
from django.test import Client
from django.utils.translation import override

from moussem.engines.eligibility.assess import assess
from moussem.engines.eligibility.criterion import Comparison, Criterion
from moussem.engines.eligibility.words import asked_for
from moussem.engines.values.units import Unit
from moussem.mail.models import Message
from moussem.programmes.domain.determinations import NotEligible, determine
from moussem.programmes.domain.words import answer, frozen
from moussem.programmes.enums import Decision
from moussem.programmes.models import Determination, Programme
from tests.factories.accounts import AT, a_token, staff
from tests.factories.programmes import FUND, INVESTMENT, MILLION, an_application, facts

pytestmark = pytest.mark.django_db
NO, YES, OPEN = "no", "yes", "cannot_say"
LABELS = {
    "fr": {NO: "Non éligible", YES: "Éligible", OPEN: "Ne peut pas être dit"},
    "en": {NO: "Not eligible", YES: "Eligible", OPEN: "Cannot say"},
}
CASES = [
    (
        999_999, 20, NO, (),
        "Investissement : 999'999 DH d’après ce qui est indiqué, alors que la règle demande au moins 1 M DH",
        "Investment: MAD 999,999 by what is stated, but the rule asks for at least MAD 1 million",
    ),
    (
        1_000_000, 19, NO, (),
        "Emplois à créer : 19 emplois d’après ce qui est indiqué, alors que la règle demande au moins 20 emplois",
        "Jobs to create: 19 jobs by what is stated, but the rule asks for at least 20 jobs",
    ),
    (
        1_000_000, 20, YES, (),
        "Emplois à créer : 20 emplois d’après ce qui est indiqué, et la règle demande au moins 20 emplois",
        "Jobs to create: 20 jobs by what is stated, and the rule asks for at least 20 jobs",
    ),
    (
        1_000_000, None, OPEN, ("jobs",),
        "Emplois à créer : non indiqué; la règle demande au moins 20 emplois (borne comprise). Indiquez-le.",
        "Jobs to create: not stated; the rule asks for at least 20 jobs (included). State it.",
    ),
]  # fmt: skip
"""Investment in dirhams, jobs (None: missing), the answer, what to ask for, and the sentence that decides."""
ALL = pytest.mark.parametrize(("investment", "jobs", "verdict", "wanted", "french", "english"), CASES)


def plain(text):
    """A text with ordinary spaces, as the table above is written."""
    spaces = text.replace("\u202f;", ";").replace("\u202f", "'").replace("\u00a0", " ")
    return " ".join(spaces.split())


def address(programme, investment, jobs, *, door="programmes", key=None):
    asked = f"investment={investment}" + ("" if jobs is None else f"&jobs={jobs}")
    return f"{door}/{key or programme.public_id}/?try=1&{asked}"


def shown(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return plain(unescape(response.content.decode()))


def answered(page, language, verdict, sentence):
    """Whether a page says this answer, and no other one, with this sentence."""
    said = {word: f"</svg>{label}</span></h3>" in page for word, label in LABELS[language].items()}
    return said == {word: word == verdict for word in LABELS[language]} and sentence in page


@ALL
def test_the_engine(investment, jobs, verdict, wanted, french, english):
    outcome = assess(FUND, facts(investment, jobs))
    assert (outcome.verdict.value, asked_for(outcome)) == (verdict, wanted)


@ALL
def test_the_words_now_and_frozen(call, investment, jobs, verdict, wanted, french, english):
    for language, sentence in (("fr", french), ("en", english)):
        with override(language):
            said = answer(call.rule_set, facts(investment, jobs))
        assert (said.verdict.value, tuple(said.ask), said.label) == (verdict, wanted, LABELS[language][verdict])
        assert any(plain(line.sentence).startswith(sentence) for line in said.lines)
        kept = frozen(call.rule_set, facts(investment, jobs))
        assert kept["verdict"] == verdict
        assert kept["words"][language]["reasons"] == [line.sentence for line in said.lines]


@ALL
def test_the_public_pages_of_programme_and_call(client, call, investment, jobs, verdict, wanted, french, english):
    for language, sentence in (("fr", french), ("en", english)):
        for door, row in (("programmes", call.programme), ("calls", call)):
            page = shown(client, f"/{language}/{address(row, investment, jobs, door=door)}")
            assert answered(page, language, verdict, sentence), (language, door)


@ALL
def test_the_officers_page_of_the_programme(desk, call, investment, jobs, verdict, wanted, french, english):
    page = shown(desk, f"/p/oriental/{address(call.programme, investment, jobs)}")
    assert answered(page, "fr", verdict, french)


@ALL
def test_the_application_as_applicant_and_officer_read_it(
    desk, applicant, applicant_user, call, firm, investment, jobs, verdict, wanted, french, english
):
    row = an_application(applicant, call, firm, facts=facts(investment, jobs))
    applying = Client()
    applying.force_login(applicant_user)
    for client, pages in ((applying, "/fr/applications/"), (desk, "/p/oriental/applications/")):
        assert answered(shown(client, f"{pages}{row.public_id}/"), "fr", verdict, french), pages
        listed = shown(client, pages)
        assert [word for word, label in LABELS["fr"].items() if f"</svg>{label}<" in listed] == [verdict]
    asks = "À indiquer : Emplois à créer." in shown(desk, f"/p/oriental/applications/{row.public_id}/")
    assert asks is bool(wanted)


@ALL
def test_the_decision_and_its_letter(
    officer, applicant, call, firm, investment, jobs, verdict, wanted, french, english
):
    row = an_application(applicant, call, firm, facts=facts(investment, jobs))
    grant = {"by": officer, "at": AT, "application": row, "decision": Decision.AWARD, "amount": MILLION}
    if verdict == YES:
        determine(**grant)
    else:
        with pytest.raises(NotEligible):
            determine(**grant)
        determine(by=officer, at=AT, application=row, decision=Decision.REFUSE, words="Voir les règles.")
    kept = Determination.objects.get().assessment
    assert (kept["verdict"], kept["rule_set_number"]) == (verdict, 1)
    assert any(plain(reason).startswith(french) for reason in kept["words"]["fr"]["reasons"])
    assert any(plain(reason).startswith(english) for reason in kept["words"]["en"]["reasons"])
    assert Message.objects.count() == 1


@ALL
def test_the_programs(
    client, oriental, officer, applicant, call, firm, investment, jobs, verdict, wanted, french, english
):
    asked = address(call.programme, investment, jobs).partition("try=1&")[2]
    said = client.get(f"/api/v1/programmes/{call.programme.public_id}/assess?{asked}&language=en").json()
    row = an_application(applicant, call, firm, facts=facts(investment, jobs))
    token = a_token(oriental, staff(oriental, "account_owner"), days=9999)[1]
    item = client.get(
        f"/api/v1/applications/{row.public_id}?language=en", headers={"Authorization": f"Bearer {token}"}
    ).json()
    for found in (said, item["assessment"]):
        assert (found["verdict"], tuple(found["ask"]), found["rule_set"]) == (verdict, wanted, 1)
        assert any(plain(reason["sentence"]).startswith(english) for reason in found["reasons"])


@ALL
def test_the_councils_own_fund(season, client, investment, jobs, verdict, wanted, french, english):
    fund = Programme.objects.get(name__fr__startswith="Fonds d'aide à l'investissement du Conseil de la région (texte")
    assert answered(shown(client, f"/fr/{address(fund, investment, jobs)}"), "fr", verdict, french)
    asked = address(fund, investment, jobs).partition("try=1&")[2]
    for number in ("", "&rule_set=1", "&rule_set=2"):
        said = client.get(f"/api/v1/programmes/{fund.public_id}/assess?{asked}{number}").json()
        assert (said["verdict"], tuple(said["ask"])) == (verdict, wanted), number
        assert said["rule_set"] == (2 if number.endswith("2") else 1)


def test_a_rule_that_leaves_its_bound_out_would_be_seen():
    """The negative control: with the bound left out, or jobs read as zero, a row of the table is not what it says."""
    beyond = Criterion("investment", Unit.MAD, Comparison.FROM, MILLION, included=False)
    assert assess(beyond, facts(1_000_000)).verdict.value == NO
    assert assess(INVESTMENT, facts(1_000_000)).verdict.value == YES
    assert assess(FUND, facts(1_000_000, 0)).verdict.value == NO
    assert not answered("</svg>Éligible</span></h3>", "fr", NO, "")
    assert not answered("</svg>Non éligible</span></h3></svg>Éligible</span></h3>", "fr", NO, "")
