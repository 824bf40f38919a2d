"""Who is there: the optional sign-in, and the one answer to whether a name is proven.

Sign-in is on where the `[auth]` section of Streamlit's secrets is. Then nothing is
drawn before it, and nobody writes without it. A secrets file that cannot be read
closes the dashboard: a slip in it must not open what was closed.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import streamlit as st
from streamlit.errors import StreamlitAuthError, StreamlitMissingAuthlibError

from maturity.service import RefusedError
from maturity.storage import Store
from maturity.ui.layout import NARROW, page

NO_SIGN_IN = (
    "You are not signed in any more, so nothing was saved. Reload the page and sign in."
)


def verified() -> bool:
    """Whether sign-in is on, so that whoever writes is who they say."""
    return "is_logged_in" in st.user


def signed_in() -> bool:
    """Whether somebody has signed in; never true where sign-in is off."""
    return verified() and bool(st.user["is_logged_in"])


def admitted() -> bool:
    """Whether the menu may be shown."""
    return signed_in() or not verified()


def name() -> str:
    """The name of whoever is signed in, or the session's unproven one; or empty."""
    if not verified():
        typed: str = st.session_state.get("my_name", "")
        return typed
    claims = (st.user.get(claim) for claim in ("name", "preferred_username", "email"))
    return next((str(claim) for claim in claims if claim), "Somebody")


def person(store: Store) -> str:
    """The id of the acting person, new or known; RefusedError for one signed out."""
    if not verified():
        return store.person(name())
    if not signed_in():
        raise RefusedError(NO_SIGN_IN)
    return store.known_person(_id(), name(), str(st.user.get("email") or ""))


def gate() -> None:
    """Stop a run before anything is shown, until its visitor has signed in."""
    if _unreadable():
        _closed("The file of secrets cannot be read, so nobody can sign in.")
    if verified() and not signed_in():
        _ask()
    if verified() and not (st.user.get("iss") and st.user.get("sub")):
        _closed("Your sign-in service does not say who you are: issuer or subject.")


def menu() -> None:
    """Who is signed in and the way out, in the sidebar."""
    if not signed_in():
        return
    with st.sidebar, st.container(key="signed-in", gap=None):
        st.caption("Signed in as")
        st.text(name())
        st.button("Sign out", key="sign_out", icon=":material/logout:", on_click=_out)


def _out() -> None:
    for slot in list(st.session_state):
        del st.session_state[slot]
    st.logout()


def _id() -> str:
    """The same for one account whatever it is called; says nothing of the person."""
    account = f"{st.user['iss']}\n{st.user['sub']}"
    return hashlib.sha256(account.encode()).hexdigest()[:32]


def _unreadable() -> bool:
    if st.secrets.load_if_toml_exists():
        return False
    return any(Path(path).exists() for path in st.get_option("secrets.files"))


def _ask() -> None:
    with page(NARROW):
        st.title("MLOps maturity", anchor=False)
        st.markdown("Sign in to see your teams and to answer for them.")
        for provider in _providers():
            label = f"Sign in with {provider}" if provider else "Sign in"
            if st.button(
                label,
                key=f"sign-in-{provider}",
                type="primary",
                icon=":material/login:",
            ):
                _sign_in(provider)
    st.stop()


def _providers() -> list[str]:
    """Names of the sign-in services; an empty one for the only, nameless one."""
    auth = st.secrets.get("auth", {})
    named = [key for key, value in auth.items() if isinstance(value, Mapping)]
    others = [name for name in named if name != "client_kwargs"]
    return ([""] if "client_id" in auth or not others else []) + others


def _sign_in(provider: str) -> None:
    try:
        st.login(provider or None)
    except StreamlitMissingAuthlibError:
        st.error(
            "Sign-in is set up but what it needs is not installed. Whoever runs this "
            "dashboard installs `mlops-maturity[auth]`."
        )
    except StreamlitAuthError as error:
        st.error(f"The sign-in is not set up completely. {error}")


def _closed(why: str) -> None:
    with page(NARROW):
        st.title("Nobody can sign in", anchor=False)
        st.error(
            f"{why} Tell whoever runs this dashboard: docs/sharing.md says how sign-in "
            "is set up.",
            icon=":material/lock:",
        )
    st.stop()
