"""The front door leads to the first page in the visitor's language."""

import pytest

from tests.factories.accounts import a_promoter, staff


@pytest.mark.parametrize(
    ("address", "languages", "leads_to"),
    [
        ("/", "", "/fr/"),
        ("/", "en-GB,en;q=0.8", "/en/"),
        ("/", "pt", "/fr/"),
    ],
)
@pytest.mark.django_db
def test_the_front_door_leads_to_the_first_page(client, address, languages, leads_to):
    answer = client.get(address, headers={"accept-language": languages})
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


@pytest.mark.parametrize("language", ["fr", "en"])
@pytest.mark.django_db
def test_the_first_page_is_in_the_language_of_its_address_and_leads_to_the_documents(client, language):
    page = client.get(f"/{language}/").content.decode()
    assert f'<html lang="{language}"' in page
    assert f'href="/{language}/documents/"' in page


@pytest.mark.django_db
def test_nobody_posts_to_the_front_door(client):
    assert client.post("/").status_code == 405


@pytest.mark.parametrize("address", ["/nowhere/", "/fr/nowhere/", "/p/nowhere/"])
@pytest.mark.django_db
def test_an_address_that_does_not_exist_still_knows_who_is_signed_in(client, address):
    assert "Se connecter" in client.get("/nowhere/").content.decode()
    client.force_login(staff(a_promoter("cri", "CRI"), "organiser"))

    answer = client.get(address)

    assert answer.status_code == 404
    assert "Se déconnecter" in answer.content.decode()
