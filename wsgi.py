"""The server's entry: `gunicorn -k gevent wsgi:app` at scale, `python wsgi.py` all in one process."""

from gevent import monkey

monkey.patch_all()

import os  # noqa: E402

from forum import create_app  # noqa: E402
from forum.core import server  # noqa: E402
from forum.core.settings import SettingError, Settings  # noqa: E402
from forum.demo import starting  # noqa: E402

try:
    settings = Settings.from_environment()
    app = create_app(settings)
    if os.environ.get("FLASK_RUN_FROM_CLI") != "true":  # `flask db upgrade` comes before there are tables
        starting.prepare(app, settings)
except SettingError as error:
    raise SystemExit(f"Multaqa does not start: {error}") from None

if __name__ == "__main__":
    server.serve(app, settings, ready=lambda: print(starting.greeting(settings), flush=True))
