"""How often: shared by workers, kept over restarts, by account, by address, for everybody."""

from datetime import timedelta

import pytest

from forum.core import clock, limits
from forum.core.db import transaction
from forum.core.errors import TooMany

WINDOW = timedelta(minutes=15)
SIGN_IN = "/api/v1/sessions"


def guess(client, email: str, password: str = "wrong", **kwargs):
    """Try to sign in."""
    return client.json("POST", SIGN_IN, {"email": email, "password": password}, **kwargs)


def test_counting_counts_in_fixed_windows(app):
    with app.app_context():
        with transaction():
            assert [limits.count("a", window=WINDOW) for _ in range(3)] == [1, 2, 3]
            assert limits.count("b", window=WINDOW) == 1
        with clock.at(clock.now() + WINDOW):
            assert limits.so_far("a", window=WINDOW) == 0


def test_above_the_limit_is_refused_with_the_time_to_wait(make_app):
    app = make_app(rate_limits=True)
    with app.app_context():
        with transaction():
            limits.count("a", window=WINDOW)
        limits.refuse_above(2, "a", window=WINDOW)
        with pytest.raises(TooMany) as refused:
            limits.refuse_above(1, "a", window=WINDOW)
        assert 1 <= int(refused.value.headers["Retry-After"]) <= 900


def test_limits_can_be_off_for_tests_and_measurements(app):
    with app.app_context():
        with transaction():
            limits.count("a", window=WINDOW)
        limits.refuse_above(0, "a", window=WINDOW)


def test_guessing_one_account_is_slowed_down_also_with_the_right_password(make_app, make):
    member = make.member()
    client = make_app(rate_limits=True).test_client()
    assert [guess(client, member.email).status_code for _ in range(10)] == [401] * 10
    answer = guess(client, member.email, member.password)
    assert answer.status_code == 429
    assert answer.json["error"]["code"] == "too_many"
    assert int(answer.headers["Retry-After"]) > 0


def test_the_counter_survives_a_restart_and_is_shared_by_workers(make_app, make):
    member = make.member()
    for _ in range(2):
        worker = make_app(rate_limits=True).test_client()
        assert [guess(worker, member.email).status_code for _ in range(5)] == [401] * 5
    assert guess(make_app(rate_limits=True).test_client(), member.email, member.password).status_code == 429


def test_an_unknown_account_is_slowed_down_alike(make_app, make):
    make.member()
    client = make_app(rate_limits=True).test_client()
    answers = [guess(client, "nobody@example.org") for _ in range(11)]
    assert [answer.status_code for answer in answers] == [401] * 10 + [429]


@pytest.mark.parametrize("variant", ["MEMBER@example.org", " member@example.org ", "Member@Example.Org"])
def test_spellings_of_an_address_share_one_counter(make_app, make, variant):
    make.member(email="member@example.org")
    client = make_app(rate_limits=True).test_client()
    for _ in range(10):
        guess(client, variant)
    assert guess(client, "member@example.org").status_code == 429


def test_page_and_api_share_one_counter(make_app, make):
    member = make.member()
    client = make_app(rate_limits=True).test_client()
    for _ in range(10):
        guess(client, member.email)
    for language in ("ar", "en"):
        answer = client.form(f"/{language}/sign-in", {"email": member.email, "password": member.password})
        assert answer.status_code == 429
        assert "Retry-After" in answer.headers
        assert member.email in answer.text


def test_a_forged_forwarded_address_changes_nothing(make_app, make):
    member = make.member()
    client = make_app(rate_limits=True).test_client()
    for number in range(10):
        guess(client, member.email, headers={"X-Forwarded-For": f"203.0.113.{number}", "Forwarded": f"for={number}"})
    assert guess(client, member.email, headers={"X-Forwarded-For": "203.0.113.99"}).status_code == 429


def test_behind_a_trusted_proxy_the_forwarded_address_counts(make_app, make):
    member = make.member()
    client = make_app(rate_limits=True, trusted_proxies=1).test_client()
    for _ in range(10):
        guess(client, member.email, headers={"X-Forwarded-For": "203.0.113.1"})
    assert guess(client, member.email, headers={"X-Forwarded-For": "203.0.113.1"}).status_code == 429
    right = guess(client, member.email, member.password, headers={"X-Forwarded-For": "203.0.113.2"})
    assert right.status_code == 201


def test_strangers_do_not_lock_a_member_out(make_app, make):
    member = make.member()
    app = make_app(rate_limits=True, trusted_proxies=1)
    home = {"X-Forwarded-For": "198.51.100.7"}
    assert guess(app.test_client(), member.email, member.password, headers=home).status_code == 201
    for number in range(101):
        guess(app.test_client(), member.email, headers={"X-Forwarded-For": f"203.0.113.{number}"})
    abroad = guess(app.test_client(), member.email, member.password, headers={"X-Forwarded-For": "192.0.2.1"})
    assert abroad.status_code == 429
    assert guess(app.test_client(), member.email, member.password, headers=home).status_code == 201


def test_the_next_window_opens_again(make_app, make):
    member = make.member()
    client = make_app(rate_limits=True).test_client()
    for _ in range(10):
        guess(client, member.email)
    with clock.at(clock.now() + WINDOW):
        assert guess(client, member.email, member.password).status_code == 201
