"""Every page of the demo, by each role, at both widths: nothing that axe finds, no sideways scroll, no complaints."""

import pytest

from bench import eyes
from relgoals.demo.organisation import SIGN_INS

pytestmark = pytest.mark.browser
STARTS = {  # beside Today and whatever can be reached from there
    "direct": [],
    "manager": [],
    "manager’s manager": [],
    "HR partner": [],
    "HR administrator": ["/notices/desk/"],
}
SEEN = set()  # a kind of page is looked at by the first role that reaches it; Today by every one


@pytest.mark.crawl
@pytest.mark.parametrize("role", SIGN_INS)
def test_pages_of_a_role_are_clean(demo_site, demo_page_for, expect_complaint, role):
    page = demo_page_for(role)
    complaints = eyes.Complaints(page.context, demo_site.url)
    found = []

    for address in eyes.walk(page, demo_site.url, SEEN, ["/today/", *STARTS[role]]):
        for width, height in eyes.WIDTHS.items():
            page.set_viewport_size({"width": width, "height": height})
            status = page.goto(address).status
            faults = ([f"status {status}"] if status >= 400 else eyes.faults(page)) + complaints.taken()
            found += [f"{address.removeprefix(demo_site.url)} at {width} px: {fault}" for fault in faults]

    expect_complaint("")  # told above, with the page it belongs to
    assert found == []


@pytest.mark.parametrize("address", ["/account/login/", "/account/password/reset/", "/nothing/here/"])
@pytest.mark.parametrize("width", eyes.WIDTHS)
def test_pages_for_whoever_is_signed_out_are_clean(page_for, expect_complaint, address, width):
    page = page_for(None, width)
    expect_complaint("404")

    page.goto(address)

    assert eyes.faults(page) == []
