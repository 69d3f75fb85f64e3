"""A session that has ended while a page stood open: parts and autosaves say so in a way that loses nothing."""

import pytest

pytestmark = pytest.mark.django_db


def test_an_autosave_is_told_that_nobody_is_signed_in(client):
    response = client.post("/notices/wishes/", {"quiet_from": "8"}, headers={"X-Autosave": "yes"})

    assert response.status_code == 401
    assert response.content == b""


def test_a_part_sends_its_page_to_sign_in_and_back(client):
    headers = {"HX-Request": "true", "HX-Current-URL": "https://testserver/people/?q=a%20b&page=2"}

    response = client.get("/people/find/?q=a", headers=headers)

    assert response.status_code == 401
    assert response.headers["HX-Redirect"] == "/account/login/?next=/people/%3Fq%3Da%2520b%26page%3D2"


def test_the_page_after_signing_in_again_names_the_reader_and_has_their_token(firm, client):
    client.force_login(firm.mia)

    page = client.get("/signed-in/").content.decode()

    assert f'data-signed-in="{firm.mia.pk}"' in page
    assert 'data-token="' in page
