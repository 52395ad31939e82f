"""The pages of programmes: public what-if, the applicant's way, the officer's desk, bad input, rivals, queries."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from moussem.core.ids import uuid7
from moussem.programmes.domain.determinations import determine
from moussem.programmes.domain.programmes import AwardFacts, give_award, publish_programme
from moussem.programmes.domain.queries.pages import applications_to_decide
from moussem.programmes.enums import ApplicationState, Decision, ProgrammeKind
from moussem.programmes.models import Application, Award, Call, Determination, Programme, RuleSet
from tests.factories.accounts import AT, a_promoter, staff
from tests.factories.directory import an_event, an_organisation
from tests.factories.programmes import MILLION, a_call, a_programme, an_application, rules

pytestmark = pytest.mark.django_db


def page(client, address, status=200):
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, **fields):
    response = client.post(address, {"nonce": str(uuid7())} | fields)
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:3000])
    return response.content.decode() if status != 302 else response.url


@pytest.fixture
def applying(applicant_user):
    client = Client()
    client.force_login(applicant_user)
    return client


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.parametrize(
    ("asked", "french", "english"),
    [
        ("investment=999999&jobs=20", "Non éligible", "Not eligible"),
        ("investment=1000000&jobs=19", "Non éligible", "Not eligible"),
        ("investment=1+000+000&jobs=20", "Éligible", "Eligible"),
        ("investment=1000000&jobs=", "Ne peut pas être dit", "Cannot say"),
    ],
)
def test_the_three_cases_answer_alike_to_everybody_on_programme_and_call(
    client, call, language, asked, french, english
):
    for address in (f"programmes/{call.programme.public_id}/", f"calls/{call.public_id}/"):
        said = page(client, f"/{language}/{address}?try=1&{asked}")
        assert f"</svg>{french if language == 'fr' else english}</span></h3>" in said
    if asked.endswith("jobs="):
        assert ("À indiquer\u00a0: Emplois à créer." if language == "fr" else "To be stated: Jobs to create.") in said


@pytest.mark.parametrize(
    ("written", "sentence"),
    [
        ("beaucoup", "n’est pas un nombre"),
        ("-5", "n’est pas un nombre"),
        ("1.000", "deux façons"),
        ("9" * 25, "trop de chiffres"),
        ("2,555", "deux façons"),
        ("2,5555", "trop de chiffres"),
    ],
)
def test_a_number_that_cannot_be_read_is_told_and_kept_in_its_field(client, call, written, sentence):
    said = page(client, f"/fr/calls/{call.public_id}/?try=1&investment={written}")
    assert sentence in said
    assert f'value="{written}"' in said
    assert 'id="answer"' not in said


def test_a_programme_tells_its_rules_envelope_and_awards_and_where_it_is_silent(client, officer, call, firm):
    said = page(client, f"/fr/programmes/{call.programme.public_id}/")
    for words in (
        "au moins 1\u00a0M\u00a0DH (borne comprise)",
        "55\u00a0M\u00a0DH",
        "non indiqué",
        "Appel de printemps",
    ):
        assert words in said
    rules(officer, call.programme, inferred={"fr": "Même région, même montant."})
    said = page(client, f"/fr/programmes/{call.programme.public_id}/")
    assert "Déduit, et non indiqué." in said
    assert "Même région, même montant." in said
    trophies = a_programme(officer, "Trophées", kind=ProgrammeKind.AWARD, envelope=None)
    give_award(by=officer, at=AT, programme=trophies, facts=AwardFacts({"fr": "Prix"}, organisation=firm))
    said = page(client, f"/fr/programmes/{trophies.public_id}/")
    assert "lauréat non nommé" in said
    assert firm.name not in said
    assert "Enveloppe" not in said


def test_what_is_inferred_answers_only_where_it_is_chosen(client, officer):
    programme = a_programme(officer)
    rules(officer, programme, inferred={"fr": "Peut-être."})
    assert 'id="try"' not in page(client, f"/fr/programmes/{programme.public_id}/")


def test_nothing_closed_is_shown_to_the_public(client, officer):
    hidden = a_programme(officer, "canari-3Kp", publish=False)
    assert "canari-3Kp" not in page(client, "/fr/programmes/")
    page(client, f"/fr/programmes/{hidden.public_id}/", 404)
    unpublished = a_call(officer, publish=False)
    page(client, f"/fr/calls/{unpublished.public_id}/", 404)
    assert "Appel de printemps" not in page(client, f"/fr/programmes/{unpublished.programme.public_id}/")


def test_an_applicant_goes_from_the_call_to_a_decision_by_the_buttons_alone(applying, desk, call, firm):
    assert f"/fr/calls/{call.public_id}/apply/" in page(applying, f"/fr/calls/{call.public_id}/")
    address = sent(
        applying,
        f"/fr/calls/{call.public_id}/apply/",
        title="Centre d’appels",
        investment="1 000 000",
        asked_for="500000",
    )
    assert "À indiquer\u00a0: Emplois à créer." in page(applying, address)
    assert "non indiqué\u202f; la règle demande au moins 20\u00a0emplois" in page(applying, address)
    row = Application.objects.get()
    at_desk = f"/p/oriental/applications/{row.public_id}/"
    sent(applying, f"{address}submit/")
    assert "Le nombre" not in page(desk, at_desk)
    refused = sent(desk, f"{at_desk}decide/", 422, decision="award", amount="500000")
    assert "Les règles ne peuvent pas encore répondre, si bien que" in refused
    assert "À indiquer\u00a0: Emplois à créer." in page(desk, f"{at_desk}more/")
    sent(desk, f"{at_desk}more/", words="Le nombre d’emplois, s’il vous plaît.")
    assert "Le nombre d’emplois, s’il vous plaît." in page(applying, address)
    form = {"title": row.title, "investment": "1000000", "jobs": "20", "asked_for": "500000"}
    sent(applying, f"{address}correct/", version=Application.objects.get().version, **form)
    assert "le projet est éligible" in page(applying, address)
    sent(applying, f"{address}submit/")
    sent(desk, f"{at_desk}decide/", decision="award", amount="500000", words="Bien.")
    for client in (applying, desk):
        said = page(client, address if client is applying else at_desk)
        assert "Accordée" in said
        assert "500\u202f000\u00a0DH" in said
        assert "Selon la version 1 des règles." in said
    assert "54,5\u00a0M\u00a0DH" in page(desk, at_desk)


def test_a_rival_gets_the_same_404_for_another_s_application_as_for_none(applicant, rival_user, call, firm):
    row = an_application(applicant, call, firm)
    rival = Client()
    rival.force_login(rival_user)
    foreign, none = (rival.get(f"/fr/applications/{key}/") for key in (row.public_id, uuid7()))
    assert foreign.status_code == none.status_code == 404
    for verb in ("submit", "withdraw"):
        sent(rival, f"/fr/applications/{row.public_id}/{verb}/", 404)
    assert row.title not in page(rival, "/fr/applications/")
    assert Application.objects.get().state == ApplicationState.SUBMITTED


def test_another_promoter_s_officer_gets_404_and_a_juror_gets_nothing_of_money(client, officer, call, firm):
    row = an_application(officer, call, firm)
    other = a_promoter("rival")
    client.force_login(staff(other, "fund_officer"))
    for at in ("oriental", "rival"):
        page(client, f"/p/{at}/applications/{row.public_id}/", 404)
    assert row.title not in page(client, "/p/rival/applications/")
    client.force_login(staff(call.promoter, "juror"))
    for address in ("applications/", f"applications/{row.public_id}/", "programmes/"):
        page(client, f"/p/oriental/{address}", 403)


def test_who_acts_for_nobody_is_told_that_the_door_is_not_theirs(client, call, oriental):
    client.force_login(staff(oriental, "observer"))
    page(client, f"/fr/calls/{call.public_id}/apply/", 403)
    assert "Déposer une candidature" not in page(client, f"/fr/calls/{call.public_id}/")


def test_who_acts_for_two_firms_says_for_which(applicant_user, editor, call, firm):
    from tests.factories.programmes import acts_for

    second = an_organisation(editor, "Eca groupe")
    acts_for(applicant_user, second)
    client = Client()
    client.force_login(applicant_user)
    address = f"/fr/calls/{call.public_id}/apply/"
    assert "Au nom de" in page(client, address)
    sent(client, address, 422, title="Projet")
    stranger = an_organisation(editor, "Autre")
    sent(client, address, 422, title="Projet", organisation=stranger.public_id)
    sent(client, address, title="Projet", organisation=second.public_id)
    assert Application.objects.get().organisation == second


def test_an_application_sent_twice_is_one_and_a_second_one_is_told(applying, call, firm):
    fields = {"nonce": str(uuid7()), "title": "Projet"}
    first, second = (applying.post(f"/fr/calls/{call.public_id}/apply/", fields) for _ in range(2))
    assert first.url == second.url
    assert "a déjà une candidature en cours" in sent(
        applying, f"/fr/calls/{call.public_id}/apply/", 422, title="Encore"
    )
    assert Application.objects.count() == 1


def test_who_corrects_second_reads_what_was_saved_and_loses_nothing(applying, officer, call, firm):
    row = an_application(officer, call, firm, submit=False)
    address = f"/fr/applications/{row.public_id}/correct/"
    sent(applying, address, version=1, title="Premier titre")
    said = sent(applying, address, 422, version=1, title="Second titre")
    assert "Premier titre" in said
    assert 'value="Second titre"' in said
    sent(applying, address, version=2, title="Second titre")
    assert Application.objects.get().title == "Second titre"


def test_an_officer_makes_a_fund_with_rules_and_a_call_and_enters_an_application(desk, officer, firm):
    assert "Pas encore de programme ici" in page(desk, "/p/oriental/programmes/")
    address = sent(desk, "/p/oriental/programmes/new/", name_fr="Fonds régional", kind="grant", envelope="2 000 000")
    assert "Qui est éligible" in page(desk, address)
    assert "demande des règles" in page(desk, sent_to_rules(desk, address))
    line = {f"comparison_{n}": "from:1" for n in range(1, 5)} | {f"way_{n}": "1" for n in range(1, 5)}
    no_value = sent(desk, f"{address}rules/", 422, fact_1="investment", **line)
    assert "Indiquez la valeur de cette règle" in no_value
    sent(desk, f"{address}rules/", fact_1="investment", bound_1="1 000 000", fact_2="jobs", bound_2="20", **line)
    assert RuleSet.objects.get().criteria["all"][1]["bound"] == 20
    assert 'value="1000000"' in page(desk, f"{address}rules/")
    not_public = sent(
        desk, f"{address}calls/", 422, name_fr="Appel", opens_on="2026-01-01", closes_on="2036-01-01", rules="1",
        publish="on",
    )  # fmt: skip
    assert "Publiez-le d’abord" in not_public
    sent(desk, f"{address}publish/")
    upside_down = {"name_fr": "Appel", "opens_on": "2026-02-02", "closes_on": "2026-02-01", "rules": "1"}
    assert "précède le premier" in sent(desk, f"{address}calls/", 422, **upside_down)
    sent(desk, f"{address}calls/", **(upside_down | {"closes_on": "2036-02-01"}))
    call = Call.objects.get()
    sent(desk, f"/p/oriental/calls/{call.public_id}/publish/")
    unknown = sent(
        desk, f"/p/oriental/calls/{call.public_id}/applications/", 422, organisation="Inconnue", title="Projet"
    )
    assert "Aucune organisation ne s’appelle" in unknown
    entered = sent(
        desk, f"/p/oriental/calls/{call.public_id}/applications/", organisation="saccom", title="Projet",
        investment="3000000", jobs="40", asked_for="3000000",
    )  # fmt: skip
    sent(desk, f"{entered}submit/")
    assert applications_to_decide(officer).count() == 1
    over = sent(desk, f"{entered}decide/", 422, decision="award", amount="2000000,01")
    assert "Il ne reste que 2\u00a0M\u00a0DH dans l’enveloppe" in over
    assert 'value="2000000,01"' in over
    assert "Écrivez pourquoi" in sent(desk, f"{entered}decide/", 422, decision="refuse")
    sent(desk, f"{entered}decide/", decision="award", amount="2000000")
    assert Determination.objects.get().amount == 2 * MILLION
    assert applications_to_decide(officer).count() == 0
    assert "où cela ne se fait pas" in sent(desk, f"{entered}decide/", 422, decision="award", amount="1")
    sent(desk, f"{entered}withdraw/")
    assert Application.objects.get().state == ApplicationState.AWARDED


def sent_to_rules(desk, address):
    response = desk.get(f"{address}calls/")
    assert response.status_code == 302
    assert response.url.endswith("/rules/")
    return response.url


def test_several_ways_in_are_written_line_by_line(desk, officer):
    programme = a_programme(officer)
    address = f"/p/oriental/programmes/{programme.public_id}/rules/"
    fields = {
        "fact_1": "investment", "bound_1": "50 000 000", "comparison_1": "from:1", "way_1": "1",
        "fact_2": "stable_jobs", "bound_2": "50", "comparison_2": "from:1", "way_2": "1",
        "fact_3": "stable_jobs", "bound_3": "150", "comparison_3": "from:0", "way_3": "2", "article_3": "article 4",
        "comparison_4": "from:1", "way_4": "1",
    }  # fmt: skip
    sent(desk, address, **fields)
    kept = RuleSet.objects.get().criteria
    assert [len(way["all"]) for way in kept["any"]] == [2, 1]
    said = page(desk, f"/p/oriental/programmes/{programme.public_id}/")
    assert "Emplois stables\u00a0: plus de 150\u00a0emplois, article 4" in said
    again = page(desk, address)
    assert 'value="150"' in again
    assert '<option value="2" selected>' in again


def test_an_award_is_recorded_and_shown_on_its_gathering(desk, client, officer, editor, firm):
    event = an_event(editor)
    trophies = a_programme(officer, "Trophées", kind=ProgrammeKind.AWARD, envelope=None, event=event)
    address = f"/p/oriental/programmes/{trophies.public_id}/awards/"
    assert "Nommez le lauréat" in sent(desk, address, 422, category_fr="Prix", count="4")
    sent(
        desk, address, category_fr="Prix de l’investisseur", words_fr="Investisseurs", count="4", event=event.public_id
    )
    assert Award.objects.get().count == 4
    said = page(Client(), f"/fr/events/{event.public_id}/")
    assert "Prix de l’investisseur" in said
    assert "lauréat non nommé" in said


def test_two_officers_who_correct_a_programme_are_told_of_each_other(desk, officer):
    programme = a_programme(officer)
    address = f"/p/oriental/programmes/{programme.public_id}/correct/"
    assert 'value="55000000"' in page(desk, address)
    sent(desk, address, version=1, name_fr="Premier nom", kind="grant")
    said = sent(desk, address, 422, version=1, name_fr="Second nom", kind="grant")
    assert "Premier nom" in said
    assert 'value="Second nom"' in said
    sent(desk, address, version=2, name_fr="Second nom", kind="grant", envelope="1")
    assert Programme.objects.get().envelope == 100


def test_an_organisation_s_page_tells_staff_of_its_applications_and_the_public_nothing(
    desk, client, officer, call, editor
):
    public = an_organisation(editor, "Intelcia")
    row = an_application(officer, call, public, title="canari-7Lm")
    assert "canari-7Lm" in page(desk, f"/p/oriental/organisations/{public.public_id}/")
    assert "Déposée" in page(desk, f"/p/oriental/organisations/{public.public_id}/")
    assert "canari-7Lm" not in page(Client(), f"/fr/organisations/{public.public_id}/")
    determine(by=officer, at=AT, application=row, decision=Decision.AWARD, amount=MILLION)
    assert "Retenue" in page(desk, f"/p/oriental/organisations/{public.public_id}/")
    assert "canari-7Lm" not in page(Client(), f"/fr/organisations/{public.public_id}/")


@pytest.mark.parametrize(
    ("address", "literal"),
    [("/fr/programmes/", 2), ("/p/oriental/programmes/", 2), ("/p/oriental/applications/", 2)],
)
def test_a_list_asks_as_much_with_one_row_as_with_three(desk, officer, editor, address, literal):
    def add(n):
        call = a_call(officer, a_programme(officer, f"Programme {n}"))
        an_application(officer, call, an_organisation(editor, f"Société {n}"))

    def asked():
        with CaptureQueriesContext(connection) as captured:
            page(desk, address)
        assert len(captured) <= 12
        # The frame of a desk is counted where it is made; here what this room's tables are asked.
        return sum("programmes_" in query["sql"] for query in captured)

    add(1)
    one = asked()
    add(2)
    add(3)
    assert (one, asked()) == (literal, literal)


def test_a_published_programme_is_found_by_what_it_gives(client, officer):
    fund, hidden = a_programme(officer, "Fonds public"), a_programme(officer, "Fonds fermé", publish=False)
    assert "Fonds public" in page(client, "/fr/programmes/?kind=grant")
    assert "Fonds public" not in page(client, "/fr/programmes/?kind=equity")
    assert "Fonds public" in page(client, "/fr/programmes/?kind=volcano&after=nothing")
    publish_programme(by=officer, at=AT, programme=hidden)
    assert "Fonds fermé" in page(client, "/en/programmes/")
    assert fund.is_published


def test_open_calls_stand_on_top_of_the_public_list_and_what_waits_on_today(client, desk, officer, call, firm):
    a_call(officer, opens_at=AT, closes_at=AT.replace(day=6), name={"fr": "canari-fermé"})
    said = page(Client(), "/fr/programmes/")
    assert f"/fr/calls/{call.public_id}/" in said
    assert "canari-fermé" not in said
    an_application(officer, call, firm, title="Centre d’appels à décider")
    assert "Candidatures à décider" in page(desk, "/p/oriental/")
    assert "Centre d’appels à décider" in page(desk, "/p/oriental/")


def test_who_acts_for_a_firm_finds_its_applications_from_the_public_bar(client, applying):
    assert "Mes candidatures" in page(applying, "/fr/programmes/")
    assert "Mes candidatures" not in page(Client(), "/fr/programmes/")


def test_only_who_runs_programmes_gets_their_forms(client, oriental, officer):
    programme = a_programme(officer)
    client.force_login(staff(oriental, "observer"))
    page(client, f"/p/oriental/programmes/{programme.public_id}/")
    for form in ("new/", f"{programme.public_id}/rules/", f"{programme.public_id}/calls/"):
        page(client, f"/p/oriental/programmes/{form}", 403)


def test_the_facts_of_an_application_are_asked_in_the_words_of_its_rules(applying, call):
    said = page(applying, f"/en/calls/{call.public_id}/apply/")
    assert "Investment" in said
    assert "Jobs to create" in said
