"""The front door leads to the documents in the visitor's language."""

import pytest


@pytest.mark.parametrize(
    ("address", "languages", "leads_to"),
    [
        ("/", "", "/fr/documents/"),
        ("/", "en-GB,en;q=0.8", "/en/documents/"),
        ("/", "pt", "/fr/documents/"),
        ("/fr/", "en", "/fr/documents/"),
        ("/en/", "fr", "/en/documents/"),
    ],
)
@pytest.mark.django_db
def test_the_front_door_leads_to_the_documents(client, address, languages, leads_to):
    answer = client.get(address, headers={"accept-language": languages})
    assert (answer.status_code, answer["Location"]) == (302, leads_to)


@pytest.mark.django_db
def test_nobody_posts_to_the_front_door(client):
    assert client.post("/").status_code == 405
