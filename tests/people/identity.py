"""An identity provider of OpenID Connect on this machine: discovery, code with PKCE, tokens, userinfo."""

import base64
import hashlib
import json
import secrets
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import jwt

CLIENT, SECRET = "relgoals", "campus secret"


class Provider:
    """`person` is who signs in there (claims of userinfo); `approve` stands for what they do in their browser."""

    def __init__(self):
        self.person = {}
        self.broken = ""  # the part that answers 500
        self.codes, self.tokens = {}, {}
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(self))
        self.url = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def approve(self, address):
        """What the browser does there: `address` is where ours sent it. Query of the way back: code and state."""
        assert address.startswith(f"{self.url}/authorize?"), address
        asked = {name: values[0] for name, values in parse_qs(urlsplit(address).query).items()}
        assert (asked["client_id"], asked["response_type"]) == (CLIENT, "code")
        assert {"openid", "email"} <= set(asked["scope"].split())
        code = secrets.token_hex(8)
        self.codes[code] = asked
        return {"code": code, "state": asked["state"]}

    def discovery(self, _):
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/keys",
            "token_endpoint_auth_methods_supported": ["client_secret_post"],
        }

    def token(self, form):
        """A code serves once, for whoever can show the verifier behind its challenge."""
        asked = self.codes.pop(form.get("code"), None)
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        challenge = base64.urlsafe_b64encode(digest).rstrip(b"=").decode()
        if asked is None or asked["code_challenge"] != challenge or asked["redirect_uri"] != form["redirect_uri"]:
            return {"error": "invalid_grant"}
        if (form["client_id"], form["client_secret"]) != (CLIENT, SECRET):
            return {"error": "invalid_client"}
        token = secrets.token_hex(8)
        self.tokens[token] = dict(self.person)
        claims = {"iss": self.url, "aud": CLIENT, "iat": time.time(), "exp": time.time() + 60, **self.person}
        return {
            "access_token": token,
            "token_type": "Bearer",
            "expires_in": 60,
            "id_token": jwt.encode(claims, "x" * 32, headers={"kid": "1"}),
        }

    def userinfo(self, token):
        return self.tokens[token]


def _handler(provider):
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self):
            if self.path == "/userinfo":
                self.answer("userinfo", self.headers["Authorization"].removeprefix("Bearer "))
            elif self.path == "/.well-known/openid-configuration":
                self.answer("discovery", None)

        def do_POST(self):
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
            self.answer("token", {name: values[0] for name, values in sent.items()})

        def answer(self, part, given):
            broken = provider.broken == part
            body = b"<h1>Down</h1>" if broken else json.dumps(getattr(provider, part)(given)).encode()
            self.send_response(500 if broken else 200)
            self.send_header("Content-Type", "text/html" if broken else "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args):
            pass

    return Handler
