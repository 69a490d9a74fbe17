"""Settings: what is unsafe is refused before the first request."""

import pytest

from forum.core.settings import SettingError, Settings

GOOD = {
    "MODE": "production",
    "SECRET_KEY": "8f14e45fceea167a5a36dedd4bea2543aa11bb22cc33dd44ee55ff6677889900",
    "BASE_URL": "https://forum.example.org",
    "DATABASE_URL": "postgresql://forum@localhost/forum",
}


def read(tmp_path, **changes):
    """Production's settings with some changed; None leaves one out."""
    given = {**GOOD, "DATA_FOLDER": str(tmp_path), **changes}
    return Settings.from_environment({name: value for name, value in given.items() if value is not None})


def test_production_starts_with_everything_set(tmp_path):
    settings = read(tmp_path)
    assert (settings.mode, settings.tls, settings.demo, settings.rate_limits) == ("production", True, False, True)
    assert settings.origins == ("https://forum.example.org",)
    assert settings.hosts == {"forum.example.org"}
    assert settings.database_url == "postgresql+psycopg://forum@localhost/forum"


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"SECRET_KEY": None}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 64}, "SECRET_KEY"),
        ({"BASE_URL": None}, "BASE_URL"),
        ({"BASE_URL": "forum.example.org"}, "BASE_URL"),
        ({"BASE_URL": "ftp://forum.example.org"}, "BASE_URL"),
        ({"BASE_URL": "https://"}, "BASE_URL"),
        ({"RATE_LIMITS": "off"}, "RATE_LIMITS"),
        ({"STAFF_SECOND_STEP": "off"}, "STAFF_SECOND_STEP"),
        ({"MODE": "staging"}, "MODE"),
        ({"PORT": "eighty"}, "PORT"),
        ({"PORT": "٨٠"}, "PORT"),
        ({"TRUSTED_PROXIES": "-1"}, "TRUSTED_PROXIES"),
    ],
)
def test_production_refuses(tmp_path, changes, said):
    with pytest.raises(SettingError, match=said):
        read(tmp_path, **changes)


@pytest.mark.parametrize("written", ["https://Forum.Example.org", "HTTPS://forum.example.org:443/"])
def test_the_address_is_kept_as_browsers_write_it(tmp_path, written):
    settings = read(tmp_path, BASE_URL=written)
    assert settings.origins == ("https://forum.example.org",)
    assert settings.hosts == {"forum.example.org"}


def test_staff_need_a_second_step_in_production_and_elsewhere_when_asked_for(tmp_path):
    assert read(tmp_path).staff_needs_second_step
    for mode in ("demo", "test"):
        assert not read(tmp_path, MODE=mode).staff_needs_second_step
        assert read(tmp_path, MODE=mode, STAFF_SECOND_STEP="on").staff_needs_second_step


def test_without_a_mode_it_is_production(tmp_path):
    with pytest.raises(SettingError, match="BASE_URL"):
        Settings.from_environment({"DATA_FOLDER": str(tmp_path)})


def test_the_base_url_follows_the_port_unless_it_is_set(tmp_path):
    there = {"DATA_FOLDER": str(tmp_path), "MODE": "demo"}
    assert Settings.from_environment({**there, "PORT": "5077"}).base_url == "http://127.0.0.1:5077"
    named = Settings.from_environment({**there, "PORT": "5077", "BASE_URL": "https://forum.example.org/"})
    assert named.base_url == "https://forum.example.org"
    assert named.origins[0] == "https://forum.example.org"


def test_demonstration_and_tests_keep_a_secret_of_their_own(tmp_path):
    there = {"DATA_FOLDER": str(tmp_path / "new"), "MODE": "demo"}
    first = Settings.from_environment(there).secret_key
    assert len(first) == 64
    assert Settings.from_environment(there).secret_key == first
    assert (tmp_path / "new" / "secret_key").stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("scheme", ["postgres", "postgresql", "postgresql+psycopg"])
def test_every_spelling_of_postgresql_uses_psycopg(tmp_path, scheme):
    assert read(tmp_path, DATABASE_URL=f"{scheme}://a@b/c").database_url == "postgresql+psycopg://a@b/c"


def test_cookies_are_secure_under_tls_and_hsts_is_sent(make_app, make):
    member = make.member()
    app = make_app(base_url="https://forum.example.org")
    client = app.test_client()
    answer = client.json(
        "POST",
        "/api/v1/sessions",
        {"email": member.email, "password": member.password},
        base_url="https://forum.example.org",
        headers={"Origin": "https://forum.example.org"},
    )
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-session=")
    assert {"Secure", "HttpOnly", "Path=/", "SameSite=Lax"} <= {part.strip() for part in cookie.split(";")}
    assert "Domain" not in cookie
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_without_tls_there_is_no_hsts_and_the_cookie_is_plain(client, make):
    member = make.member()
    answer = client.json("POST", "/api/v1/sessions", {"email": member.email, "password": member.password})
    assert answer.headers["Set-Cookie"].startswith("session=")
    assert "HttpOnly" in answer.headers["Set-Cookie"]
    assert "Strict-Transport-Security" not in answer.headers
