"""Pages asked through the whole stack of middleware, without a socket and without a test client's extras."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from typing import Any

from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection
from django.test import Client

from people.models import Employee

STATIC = re.compile(r'(?:src|href)="((?:[a-z]+:)?//[^"]+|[^"]*)"')


class Reader:
    """Somebody signed in who asks for pages."""

    def __init__(self, person: Employee) -> None:
        client = Client()
        client.force_login(person)
        self.cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
        self.server = WSGIHandler()

    def get(self, address: str) -> bytes:
        """The page's HTML. Raises RuntimeError for anything but 200."""
        return b"".join(self.stream(address))

    def stream(self, address: str) -> Iterator[bytes]:
        """What `get` gives, part by part as it is made."""
        path, _, query = address.partition("?")
        environ = {
            "REQUEST_METHOD": "GET",
            "PATH_INFO": path,
            "QUERY_STRING": query,
            "SERVER_NAME": "localhost",
            "SERVER_PORT": "80",
            "SERVER_PROTOCOL": "HTTP/1.1",
            "REMOTE_ADDR": "127.0.0.1",
            "HTTP_COOKIE": self.cookie,
            "HTTP_HOST": "localhost",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(),
        }
        said: list[str] = []

        def start(status: str, headers: Any, exc_info: Any = None) -> Any:
            said.append(status)
            return lambda data: None

        answer = self.server(environ, start)
        if not said[0].startswith("200"):
            raise RuntimeError(f"{address} answered {said[0]}")
        try:
            yield from answer
        finally:
            answer.close()


@contextmanager
def counted() -> Iterator[list[str]]:
    """The SQL of the block, statement by statement."""
    statements: list[str] = []

    def listen(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        statements.append(sql)
        return execute(sql, params, many, context)

    with connection.execute_wrapper(listen):
        yield statements


def files_of(html: bytes) -> tuple[set[str], set[str]]:
    """Addresses of the static files a page loads itself, and those of third parties."""
    text = html.decode()
    loading = " ".join(re.findall(r"<(?:script|link|img|source|iframe)\b[^>]*>", text))
    found = set(STATIC.findall(loading))
    strangers = {address for address in found if re.match(r"(?:[a-z]+:)?//", address)}
    return found - strangers, strangers
