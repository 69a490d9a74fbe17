"""The server's entry: `gunicorn -k gevent wsgi:app` at scale, `python wsgi.py` all in one process."""

from gevent import monkey

monkey.patch_all()

from forum import create_app  # noqa: E402
from forum.core import server  # noqa: E402
from forum.core.settings import Settings  # noqa: E402

settings = Settings.from_environment()
app = create_app(settings)

if __name__ == "__main__":
    server.serve(app, settings)
