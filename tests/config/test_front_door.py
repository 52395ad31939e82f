"""The front door leads to the first page in the visitor's language."""

import pytest


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
