"""Where the demo was not loaded."""

from relgoals import demo_door


def test_without_the_demo_there_is_no_door(client, db, settings, tmp_path):
    settings.VAR = tmp_path
    demo_door.unlock()
    page = client.get("/account/login/").content.decode()

    assert "Walk in" not in page
    assert client.post("/dev/sign-in/", {"role": "direct"}).status_code == 404
