import pytest
from django.core.mail import EmailMultiAlternatives, get_connection

MARK = "<script>alert(1)</script> O'Hara & Söhne"


@pytest.fixture
def folder(settings, tmp_path):
    settings.LOCAL = True
    settings.EMAIL_FILE_PATH = tmp_path
    return tmp_path


@pytest.fixture
def written(folder):
    backend = "django.core.mail.backends.filebased.EmailBackend"
    with get_connection(backend, file_path=folder) as box:
        for subject in ("First", f"Second {MARK}"):
            mail = EmailMultiAlternatives(subject, f"{MARK}\nhttp://localhost:8000/today/", to=["eve@example.org"])
            mail.attach_alternative("<p>As <b>HTML</b></p><script>alert(1)</script>", "text/html")
            mail.connection = box
            mail.send()
    return next(folder.glob("*.log")).name


def test_mails_are_listed_newest_first_and_read_without_signing_in(client, db, written):
    page = client.get("/dev/mail/").text

    assert page.index("Second") < page.index("First")
    letter = client.get(f"/dev/mail/{written}/1/").text
    assert "O&#x27;Hara &amp; Söhne" in letter
    assert 'href="http://localhost:8000/today/"' in letter
    assert "<script>alert" not in page + letter


def test_html_is_shown_where_no_script_runs(client, db, written):
    answer = client.get(f"/dev/mail/{written}/0/html/")

    assert "<b>HTML</b>" in answer.text
    assert answer["Content-Security-Policy"] == "default-src 'none'; sandbox"


@pytest.mark.parametrize("file", ["..%2F..%2Flocal.env", "local.env", "20260101-000000-1.log", "x"])
def test_nothing_else_is_read(client, db, folder, file):
    (folder / "local.env").write_text("SECRET_KEY=x")
    assert client.get(f"/dev/mail/{file}/0/").status_code == 404


def test_an_empty_folder_says_so(client, db, folder):
    assert "No mail yet" in client.get("/dev/mail/").text


@pytest.mark.parametrize("path", ["", "20260101-000000-1.log/0/", "20260101-000000-1.log/0/html/"])
def test_in_production_it_is_not_there(client, db, written, settings, path):
    settings.LOCAL = False
    assert client.get(f"/dev/mail/{path}".replace("20260101-000000-1.log", written)).status_code == 404
