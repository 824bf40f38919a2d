"""A small sign-in service on loopback that speaks OpenID Connect, for tests alone.

It knows one account and asks it nothing: whoever comes is Ana.
"""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, quote, urlparse

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT = "maturity"
ANA = {"sub": "7", "name": "Ana Lima", "email": "ana@example.org"}


@contextmanager
def sign_in_service() -> Iterator[str]:
    """The address of a running service."""
    key = RSAKey.generate_key(2048, {"kid": "test"})
    nonces: dict[str, str] = {}

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            url = urlparse(self.path)
            asked = {name: values[0] for name, values in parse_qs(url.query).items()}
            if url.path == "/.well-known/openid-configuration":
                self._send(
                    {
                        "issuer": here,
                        "authorization_endpoint": f"{here}/authorize",
                        "token_endpoint": f"{here}/token",
                        "jwks_uri": f"{here}/keys",
                        "response_types_supported": ["code"],
                        "id_token_signing_alg_values_supported": ["RS256"],
                    }
                )
            elif url.path == "/keys":
                self._send({"keys": [key.as_dict(private=False)]})
            elif url.path == "/authorize":
                nonces["code"] = asked.get("nonce", "")
                back = (
                    f"{asked['redirect_uri']}?code=code&state={quote(asked['state'])}"
                )
                self.send_response(302)
                self.send_header("Location", back)
                self.end_headers()
            else:
                self.send_error(404)

        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            moment = int(time.time())
            claims = ANA | {
                "iss": here,
                "aud": CLIENT,
                "iat": moment,
                "exp": moment + 3600,
                "nonce": nonces["code"],
            }
            token = jwt.encode({"alg": "RS256", "kid": "test"}, claims, key)
            self._send({"access_token": "a", "token_type": "Bearer", "id_token": token})

        def _send(self, content: dict[str, object]) -> None:
            body = json.dumps(content).encode()
            self.send_response(200)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            """Nothing on the screen of the tests."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    here = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield here
    server.shutdown()
    server.server_close()
    thread.join()
