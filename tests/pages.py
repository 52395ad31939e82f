"""Opening a page and sending a form, as tests of pages do; what was answered instead is said."""

from moussem.core.ids import uuid7


def page(client, address, status=200):
    """The page at an address."""
    response = client.get(address)
    assert response.status_code == status, (address, response.status_code)
    return response.content.decode()


def sent(client, address, status=302, **fields):
    """What a form answers that is sent once."""
    response = client.post(address, {"nonce": str(uuid7()), **fields})
    assert response.status_code == status, (address, response.status_code, response.content.decode()[:2000])
    return response.content.decode()
