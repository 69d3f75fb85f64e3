"""The eyes themselves: they see what is wrong, and never stand still before it."""

import pytest
from playwright.sync_api import Error

from bench import eyes

pytestmark = pytest.mark.browser
SITE = "http://northgate.example"


@pytest.fixture
def shown(chromium):
    """Call it with the HTML that SITE answers, and headers with it: an open page."""
    context = chromium.new_context()

    def show(html, **headers):
        context.route(
            f"{SITE}/", lambda route: route.fulfill(body=html, headers={"content-type": "text/html", **headers})
        )
        page = context.new_page()
        page.goto(f"{SITE}/")
        return page

    yield show
    context.close()


def test_a_file_that_the_browser_shows_is_no_page(shown):
    drawing = '<svg xmlns="http://www.w3.org/2000/svg"/>'
    sandbox = {"content-type": "image/svg+xml", "content-security-policy": "default-src 'none'; sandbox"}

    assert eyes.faults(shown(drawing, **sandbox)) == []


def test_axe_is_waited_for_with_a_limit(shown, monkeypatch):
    monkeypatch.setattr(eyes, "AXE_PATIENCE", 0.2)
    page = shown("<p>No script runs here.</p>", **{"content-security-policy": "sandbox"})

    with pytest.raises(Error, match="Timeout"):
        eyes.faults(page)


def test_a_browser_that_stands_still_is_ended(chromium):
    own = chromium.browser_type.launch(executable_path=eyes.chromium(), args=eyes.options())
    page = own.new_context().new_page()

    with pytest.raises(Error, match="closed"), eyes.limited(page, seconds=0.5):
        page.evaluate("new Promise(() => {})")

    assert not own.is_connected()


def test_what_is_wrong_is_named(shown):
    picture = 'url("data:image/gif;base64,R0lGODlhAQABAAAAACw=")'
    page = shown(
        f'<html lang="en"><title>Page</title><style>.arrow::after {{ content: {picture} }}</style>'
        '<p class="arrow" style="width: 3000px">Wide</p><img src="/x.png">'
    )

    found = " ".join(eyes.faults(page))

    assert "px too wide: " in found
    assert "data: image that the policy refuses: p.arrow" in found
    assert "axe image-alt: img" in found


@pytest.mark.parametrize(("reason", "told"), [("aborted", False), ("connectionrefused", True)])
def test_a_part_that_did_not_come_is_a_fault_unless_the_page_was_left(shown, reason, told):
    page = shown("<title>Page</title>")
    complaints = eyes.Complaints(page.context, SITE)
    page.context.route(f"{SITE}/part/", lambda route: route.abort(reason))

    page.evaluate("fetch('/part/').catch(() => null)")

    assert any("/part/" in complaint for complaint in complaints.taken()) == told
