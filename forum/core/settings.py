"""What an operator may set, read once from the environment and refused early when it is not safe."""

import hashlib
import os
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from flask import current_app

ROOT = Path(__file__).resolve().parents[2]
MODES = ("demo", "test", "production")
LARGEST_RECORDING = 2000  # MB; its size must fit into a column of whole numbers
SHORTEST_SECRET = 32  # characters: 128 bits even when it is written in hexadecimal


class SettingError(Exception):
    """A setting is missing or unsafe; the message tells the operator what to do."""


@dataclass(frozen=True)
class Settings:
    """The settings of one process."""

    mode: str
    database_url: str
    redis_url: str | None
    secret_key: str
    base_url: str
    port: int
    rate_limits: bool
    trusted_proxies: int
    data_folder: Path
    smtp_url: str | None = None
    mail_from: str = ""
    files_url: str | None = None
    staff_second_step: bool = False
    recording_mb: int = 200

    @property
    def staff_needs_second_step(self) -> bool:
        """Do moderators, managers and admins come in with a second step only?"""
        return self.mode == "production" or self.staff_second_step

    @property
    def sends_letters(self) -> bool:
        """Do letters leave this site? The demonstration keeps them all, and so do tests without a mail server."""
        return not self.demo and (self.mode == "production" or self.smtp_url is not None)

    @property
    def demo(self) -> bool:
        """Is this the demonstration?"""
        return self.mode == "demo"

    @property
    def tls(self) -> bool:
        """Do people reach the site over TLS? Then cookies are Secure and HSTS is sent."""
        return self.base_url.startswith("https://")

    @property
    def origin(self) -> str:
        """Scheme, host and port that a browser sends as Origin from our own pages."""
        parts = urlsplit(self.base_url)
        return f"{parts.scheme}://{parts.netloc}"

    @property
    def origins(self) -> tuple[str, ...]:
        """The origins that count as ours: the configured one, and both names of this machine outside production."""
        if self.mode == "production":
            return (self.origin,)
        local = (f"http://127.0.0.1:{self.port}", f"http://localhost:{self.port}")
        return tuple(dict.fromkeys((self.origin, *local)))

    @property
    def hosts(self) -> frozenset[str]:
        """The Host headers that we answer to."""
        return frozenset(urlsplit(origin).netloc for origin in self.origins)

    @property
    def channel(self) -> str:
        """The name under which the processes of one installation meet in Redis and in the job queue: by database."""
        return f"multaqa-{hashlib.sha256(self.database_url.encode()).hexdigest()[:12]}"

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> "Settings":
        """Read and check the settings; raise SettingError where the site would not be safe."""
        env = os.environ if environment is None else environment
        mode = env.get("MODE", "production")
        if mode not in MODES:
            raise SettingError(f"MODE is {mode!r}; it must be one of {', '.join(MODES)}.")
        port = _whole(env, "PORT", 5000)
        data_folder = Path(env.get("DATA_FOLDER", ROOT / "var"))
        base_url = env.get("BASE_URL", "").rstrip("/")
        if mode == "production" and not base_url:
            raise SettingError("BASE_URL is missing: set it to the address that people type, https://… .")
        base_url = base_url or f"http://127.0.0.1:{port}"
        if urlsplit(base_url).scheme not in ("http", "https") or not urlsplit(base_url).hostname:
            raise SettingError("BASE_URL must begin with http:// or https:// and name a host.")
        base_url = _as_browsers_write(base_url)
        rate_limits = env.get("RATE_LIMITS", "on") != "off"
        if mode == "production" and not rate_limits:
            raise SettingError("RATE_LIMITS=off is for tests and measurements; production refuses it.")
        if mode == "production" and env.get("STAFF_SECOND_STEP") == "off":
            raise SettingError("STAFF_SECOND_STEP=off is for demonstrations and tests; production refuses it.")
        return cls(
            mode=mode,
            database_url=_database(env.get("DATABASE_URL") or f"sqlite:///{data_folder / 'multaqa.db'}"),
            redis_url=env.get("REDIS_URL") or None,
            secret_key=_secret(env.get("SECRET_KEY", ""), mode, data_folder),
            base_url=base_url,
            port=port,
            rate_limits=rate_limits,
            trusted_proxies=_whole(env, "TRUSTED_PROXIES", 0),
            data_folder=data_folder,
            smtp_url=_smtp(env.get("SMTP_URL", "")),
            mail_from=_sender(env.get("MAIL_FROM", ""), base_url),
            files_url=_bucket(env.get("FILES_URL", "")),
            staff_second_step=mode == "production" or env.get("STAFF_SECOND_STEP") == "on",
            recording_mb=_recording(env),
        )


def current_settings() -> Settings:
    """The settings of the running application."""
    settings: Settings = current_app.config["SETTINGS"]
    return settings


def _whole(env: Mapping[str, str], name: str, default: int) -> int:
    text = env.get(name) or str(default)
    if not (text.isascii() and text.isdigit()):
        raise SettingError(f"{name} is {text!r}; it must be a whole number.")
    return int(text)


def _recording(env: Mapping[str, str]) -> int:
    most = _whole(env, "RECORDING_MB", 200)
    if not 1 <= most <= LARGEST_RECORDING:
        raise SettingError(f"RECORDING_MB is {most}; it must be from 1 to {LARGEST_RECORDING}.")
    return most


def _as_browsers_write(url: str) -> str:
    """Scheme and host in small letters, the usual port left out: so Host and Origin come, and are compared."""
    parts = urlsplit(url)
    usual = {"http": ":80", "https": ":443"}[parts.scheme]
    return parts._replace(netloc=parts.netloc.lower().removesuffix(usual)).geturl()


def _smtp(url: str) -> str | None:
    if url and (urlsplit(url).scheme not in ("smtp", "smtps") or not urlsplit(url).hostname):
        raise SettingError("SMTP_URL must look like smtp://name:password@host:587 or smtps://… .")
    return url or None


def _bucket(url: str) -> str | None:
    parts = urlsplit(url)
    if url and not (parts.scheme == "s3" and parts.hostname and parts.username and parts.password and parts.path[1:]):
        raise SettingError("FILES_URL must look like s3://key:secret@host/bucket.")
    return url or None


def _sender(address: str, base_url: str) -> str:
    address = address or f"multaqa@{urlsplit(base_url).hostname}"
    if address.count("@") != 1 or any(c.isspace() or c in '<>,;:"\\' or not 32 < ord(c) < 127 for c in address):
        raise SettingError(f"MAIL_FROM is {address!r}; it must be one plain e-mail address.")
    return address


def _database(url: str) -> str:
    """PostgreSQL always through psycopg 3, however the operator spells the scheme."""
    for scheme in ("postgres://", "postgresql://"):
        if url.startswith(scheme):
            return "postgresql+psycopg://" + url.removeprefix(scheme)
    return url


def _secret(secret: str, mode: str, data_folder: Path) -> str:
    if mode == "production":
        if len(secret) < SHORTEST_SECRET or len(set(secret)) < 8:
            raise SettingError(
                f"SECRET_KEY must have at least {SHORTEST_SECRET} unguessable characters: "
                'python -c "import secrets; print(secrets.token_hex(32))"'
            )
        return secret
    return secret or _kept_secret(data_folder)


def _kept_secret(data_folder: Path) -> str:
    """Demonstration and tests: made once and kept, so that a restart signs nobody out."""
    path = data_folder / "secret_key"
    if not path.exists():
        data_folder.mkdir(parents=True, exist_ok=True)
        fresh = data_folder / f"secret_key.{secrets.token_hex(4)}"
        fresh.touch(mode=0o600)
        fresh.write_text(secrets.token_hex(32))
        fresh.replace(path)
    return path.read_text().strip()
