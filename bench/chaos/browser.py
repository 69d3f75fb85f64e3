"""A browser without a screen: one person's cookies, forms opened and sent, every answer timed."""

import re
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid
from http.client import HTTPException, HTTPMessage
from typing import Any

FILLED_IN = re.compile(r'name="(csrfmiddlewaretoken|uuid|happened_on)"[^>]* value="([^"]+)"')
NO_ANSWER = 0


class _NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_args: Any, **_kwargs: Any) -> None:
        return None


class Browser:
    """site: "http://127.0.0.1:8000"; cookie: "sessionid=…"; patience: seconds that an answer may take."""

    def __init__(self, site: str, cookie: str, patience: float) -> None:
        self.site, self.patience = site, patience
        self.cookies: dict[str, str] = dict([cookie.split("=", 1)])
        self.waits: list[float] = []
        self.opener = urllib.request.build_opener(_NoRedirect, urllib.request.ProxyHandler({}))

    def get(self, address: str) -> tuple[int, str]:
        """(status, page); NO_ANSWER where the connection broke."""
        return self._ask(address, None, "")

    def post(self, address: str, fields: dict[str, str]) -> tuple[int, str]:
        return self._ask(address, urllib.parse.urlencode(fields).encode(), "application/x-www-form-urlencoded")

    def upload(self, address: str, fields: dict[str, str], name: str, file: tuple[str, bytes]) -> tuple[int, str]:
        """A form with a file (its name and content) in the field `name`."""
        edge = uuid.uuid4().hex
        parts = [f'--{edge}\r\nContent-Disposition: form-data; name="{key}"\r\n\r\n{fields[key]}\r\n' for key in fields]
        parts.append(f'--{edge}\r\nContent-Disposition: form-data; name="{name}"; filename="{file[0]}"\r\n\r\n')
        body = "".join(parts).encode() + file[1] + f"\r\n--{edge}--\r\n".encode()
        return self._ask(address, body, f"multipart/form-data; boundary={edge}")

    def _ask(self, address: str, data: bytes | None, kind: str) -> tuple[int, str]:
        headers = {"Cookie": "; ".join(f"{name}={value}" for name, value in self.cookies.items())}
        request = urllib.request.Request(self.site + address, data, headers | ({"Content-Type": kind} if kind else {}))
        began = time.monotonic()
        try:
            with self.opener.open(request, timeout=self.patience) as answer:
                status, page, sent = answer.status, answer.read().decode(), answer.headers
        except urllib.error.HTTPError as answer:
            status, page, sent = answer.code, answer.read().decode(), answer.headers
        except (OSError, HTTPException):
            return NO_ANSWER, ""
        self._keep_cookies(sent)
        self.waits.append(time.monotonic() - began)
        return status, page

    def _keep_cookies(self, headers: HTTPMessage) -> None:
        for line in headers.get_all("Set-Cookie", []):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')


def filled_in(page: str) -> dict[str, str]:
    """What a form brings along: its hidden fields and the date."""
    return dict(FILLED_IN.findall(page))
