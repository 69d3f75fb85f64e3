"""Every page of the demo, by each role, at both widths: nothing that axe finds, no sideways scroll, no complaints."""

import pytest

from bench import eyes
from relgoals.demo.organisation import SIGN_INS

pytestmark = pytest.mark.browser


@pytest.mark.crawl
@pytest.mark.parametrize("role", SIGN_INS)
def test_pages_of_a_role_are_clean(demo_site, demo_page_for, expect_complaint, role):
    page = demo_page_for(role)
    complaints = eyes.Complaints(page.context, demo_site.url)
    found = []

    for address in eyes.walk(page, demo_site.url):
        for width in eyes.WIDTHS:
            faults = eyes.visit(page, address, width, complaints)
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
