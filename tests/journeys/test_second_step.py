"""A second step in a real browser: an app with recovery codes, a passkey, and signing in by each of them."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from forum.core import clock
from forum.members import codes
from tests.journeys.conftest import Network, begin
from tests.journeys.visiting import PASSWORD, PHONE, Visitor
from tests.making import code_at

WAYS = {
    "ar": ("تسجيل الدخول بكلمة المرور ومفتاح مرور", "تسجيل الدخول بمفتاح مرور وحده"),
    "en": ("Signed in with the password and a passkey", "Signed in with a passkey"),
}
AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


def code_now(key: str, ahead: int = 0) -> str:
    """What an app with this key shows."""
    return code_at(key, int(clock.now().timestamp()) // codes.LIFE + ahead)


def sign_out(page: Any) -> None:
    """By the menu."""
    page.click("details:has(form[action$='/sign-out']) > summary")
    page.click("form[action$='/sign-out'] button")
    page.wait_for_url("**/")


def type_password(page: Any, email: str, language: str) -> None:
    """The first step."""
    page.goto(f"/{language}/sign-in")
    page.fill("#email", email)
    page.fill("#password", PASSWORD)
    page.click("form:has(#password) button:not(.account)")
    page.wait_for_url("**/sign-in/step")


@pytest.mark.parametrize("language", ["ar", "en"])
def test_an_app_and_a_passkey_are_set_up_and_sign_in(
    network: Network, tmp_path: Path, visit: Callable[..., Visitor], language: str
) -> None:
    email = f"member.{language}@multaqa.example"
    with begin(network, tmp_path / "forum") as forum:
        forum.url = f"http://localhost:{forum.port}"  # browsers bind passkeys to names, not to numbers
        someone = visit(forum, f"member.{language}", language, viewport=PHONE)
        page = someone.open("/settings").page
        devtools = someone.context.new_cdp_session(someone.context.pages[0])
        devtools.send("WebAuthn.enable")
        made = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
        key_box = {"authenticatorId": made["authenticatorId"]}

        # An app, confirmed by the password before and by a code after.
        page.click("main a[href$='/settings/second-step']")
        page.click("#app form button")
        page.wait_for_url("**/settings/confirm")
        page.fill("#current", PASSWORD)
        page.click("form:has(#current) button")
        page.wait_for_url("**/settings/second-step")
        page.click("#app form button")
        key = page.locator("code.key").inner_text()
        assert page.locator(".qr-frame svg.qr").bounding_box()["width"] > 150
        page.fill("#app #code", code_now(key))
        page.click("#app form button")
        page.wait_for_selector(".recovery-codes")
        recovery = page.locator(".recovery-codes code").all_inner_texts()
        assert len(set(recovery)) == codes.RECOVERY_CODES
        with page.expect_download() as kept:
            page.click("a[download]")
        assert Path(kept.value.path()).read_text().splitlines() == recovery
        assert page.locator("[data-print]").is_visible()

        # A passkey.
        page.goto(f"/{language}/settings/second-step")
        page.fill("form[data-passkey] #name", "هاتفي" if language == "ar" else "My phone")
        page.click("form[data-passkey] button")
        page.wait_for_selector(".passkeys li")
        assert len(devtools.send("WebAuthn.getCredentials", key_box)["credentials"]) == 1

        # The password, then the code, then a recovery code, then the passkey.
        sign_out(page)
        for box, words in (("#code", code_now(key, 1)), ("#recovery_code", recovery[0])):
            type_password(page, email, language)
            if box == "#recovery_code":
                page.click("details.step-way > summary")
            page.fill(box, words)
            page.click(f"form:has({box}) button")
            page.wait_for_url(f"**/{language}/")
            sign_out(page)
        type_password(page, email, language)
        page.click("form[data-passkey] button")
        page.wait_for_url(f"**/{language}/")
        someone.open("/devices")
        assert page.get_by_text(WAYS[language][0], exact=True).count() == 1

        # The passkey alone: it asks for finger or face, and what it answered once is worth nothing the second time.
        sign_out(page)
        said: list[str] = []
        page.on("request", lambda asked: said.append(asked.post_data or "") if asked.method == "POST" else None)
        page.goto(f"/{language}/sign-in")
        page.click("form[data-passkey] button")
        page.wait_for_url(f"**/{language}/")
        someone.open("/devices")
        assert page.get_by_text(WAYS[language][1], exact=True).count() == 1
        sign_out(page)
        someone.expects = ("401", "403")
        page.goto(f"/{language}/sign-in")
        replay = """async (body) => {
          const form = document.querySelector("form[data-passkey]");
          await fetch(form.dataset.options, {method: "POST", headers: {"X-CSRF-Token": form.dataset.csrf}});
          const sent = new URLSearchParams(body);
          sent.set("csrf_token", form.elements.csrf_token.value);
          return (await fetch(form.action, {method: "POST", body: sent})).status;
        }"""
        assert page.evaluate(replay, next(body for body in said if "passkey=%7B" in body)) == 401
        devtools.send("WebAuthn.setUserVerified", {**key_box, "isUserVerified": False})
        page.click("form[data-passkey] button")
        page.wait_for_selector("[data-passkey-said]:not([hidden])")
        assert page.url.endswith("/sign-in")
