"""Multaqa: the discussion platform of a learning network of municipalities."""

from flask import Flask

from forum import wiring
from forum.core import api, assets, db, errors, frame, front, languages, logs, web
from forum.core.settings import Settings


def create_app(settings: Settings | None = None) -> Flask:
    """The application for one process; without `settings` they come from the environment."""
    settings = settings or Settings.from_environment()
    app = Flask(__name__, static_folder=None)
    app.config.from_mapping(
        SETTINGS=settings,
        MODE=settings.mode,
        SECRET_KEY=settings.secret_key,
        RATE_LIMITS=settings.rate_limits,
        SITE_ZONE=wiring.SITE_ZONE,
        TESTING=settings.mode == "test",
        PROPAGATE_EXCEPTIONS=False,
    )
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.json.sort_keys = False  # type: ignore[attr-defined]
    logs.init_app(app, settings)
    languages.init_app(app)
    db.init_app(app, settings)
    errors.init_app(app)
    app.after_request(front.compress)
    app.after_request(api.spare)
    web.init_app(app, settings, find_reader=wiring.find_reader)
    frame.init_app(app)
    assets.init_app(app)
    wiring.wire(app, settings)
    app.wsgi_app = front.Front(app.wsgi_app, quick=wiring.quick_pages(app, settings))  # type: ignore[method-assign]
    return app
