"""An identity provider for the tests: OpenID Connect on loopback, where everybody is whom they choose to be, in a group
of their first name.

``python -m tests.identity_provider PORT NAME…``; it knows discovery, sign-in, token, keys and sign-out.
"""

import secrets
import sys
import time
from typing import Any
from urllib.parse import urlencode

import uvicorn
from joserfc import jwt
from joserfc.jwk import RSAKey
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Route


def application(issuer: str, people: list[str]) -> Starlette:
    """The provider; a person signs in by the link with their address."""
    key = RSAKey.generate_key(2048, {"kid": "tests"})
    codes: dict[str, tuple[str, str]] = {}

    async def discovery(_request: Request) -> Response:
        return JSONResponse({
            "issuer": issuer, "authorization_endpoint": f"{issuer}/auth", "token_endpoint": f"{issuer}/token",
            "jwks_uri": f"{issuer}/jwks", "end_session_endpoint": f"{issuer}/logout",
            "response_types_supported": ["code"], "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"], "code_challenge_methods_supported": ["S256"],
            "scopes_supported": ["openid", "email", "profile"],
        })

    async def auth(request: Request) -> Response:
        asked = dict(request.query_params)
        links = "".join(f'<p><a href="/in?{urlencode({**asked, "as": one})}">{one}</a></p>' for one in people)
        return HTMLResponse(f"<!DOCTYPE html><title>Sign in</title>{links}")

    async def sign_in(request: Request) -> Response:
        asked, code = request.query_params, secrets.token_hex(8)
        codes[code] = (asked["as"], asked.get("nonce", ""))
        return RedirectResponse(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(request: Request) -> Response:
        form = await request.form()
        who, nonce = codes.pop(str(form["code"]))
        now = int(time.time())
        claims: dict[str, Any] = {
            "iss": issuer, "aud": "filature", "sub": who, "email": who, "email_verified": True, "iat": now,
            "exp": now + 300, "nonce": nonce, "groups": [who.partition("@")[0], "everybody"],
        }
        signed = jwt.encode({"alg": "RS256", "kid": "tests"}, claims, key)
        return JSONResponse({"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": signed})

    async def keys(_request: Request) -> Response:
        return JSONResponse({"keys": [key.as_dict(private=False)]})

    async def sign_out(request: Request) -> Response:
        return RedirectResponse(request.query_params.get("post_logout_redirect_uri", "/auth"))

    return Starlette(routes=[
        Route("/.well-known/openid-configuration", discovery), Route("/auth", auth), Route("/in", sign_in),
        Route("/token", token, methods=["POST"]), Route("/jwks", keys), Route("/logout", sign_out),
    ])


if __name__ == "__main__":
    port = int(sys.argv[1])
    uvicorn.run(application(f"http://127.0.0.1:{port}", sys.argv[2:]), host="127.0.0.1", port=port, log_level="warning")
