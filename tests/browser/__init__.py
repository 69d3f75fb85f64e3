"""What only a browser can show. Every module here begins with `pytestmark = pytest.mark.browser`.

Where no Chromium is found these tests are left out, and one sentence at the end says so; with BROWSER=required they
fail instead. Two sites:

demo_page_for("manager", width=1280, dark=False) -> Page
    The demo organisation (300 people, every page has something to show), served by real processes, once a session. The
    reader is a key of the demo's SIGN_INS or somebody's e-mail address. What one test changes the next one sees: take
    a person or a thing of your own.

page_for(person, width=1280, dark=False) -> Page
    Rows that the test makes itself (`firm`, factories), served from the test's own database; emptied afterwards.
    `person`: an Employee.

Both pages are signed in by session cookie, know their site (`page.goto("/today/")`), and fail the test at its end for
whatever the browser complained of: console errors, refused by the page's own policy, a request to a third party, an
answer of 500. `expect_complaint(text)` says that one is meant.

    def test_the_bell_counts(page_for, firm):
        page = page_for(firm.mia)
        page.goto("/notices/")
        assert faults(page) == []          # bench.eyes: axe, sideways scroll

Every page is looked at in any case: test_pages.py walks the demo along its links, at 360 and 1280 px. A page that no
link leads to is one more line in its STARTS; so is a page that looks different for a second role.
"""
