import logging
import sys

import click
import structlog
from gunicorn.app.base import BaseApplication

from engine.installation import Installation
from engine.settings import Settings
from web.app import create_app
from web.transactions import TransactionalFlask


class Server(BaseApplication):  # type: ignore[misc]  # gunicorn ships no types
    """gunicorn, with the options of ours; each worker process makes its own installation."""

    def __init__(self, settings: Settings, bind: str, processes: int) -> None:
        self._settings = settings
        self._bind = bind
        self._processes = processes
        super().__init__()

    def load_config(self) -> None:
        for name, value in {
            "bind": self._bind,
            "workers": self._processes,
            "worker_class": "gthread",
            "threads": self._settings.threads,
            "timeout": 60,
            "graceful_timeout": 20,
            "keepalive": 5,
            "limit_request_line": 8190,
            "loglevel": "warning",
            "control_socket_disable": True,
        }.items():
            if name in self.cfg.settings:
                self.cfg.set(name, value)

    def load(self) -> TransactionalFlask:
        return create_app(self._settings)


def _log() -> None:
    """Write a line for each event: on a terminal for the eye, elsewhere as JSON for whatever collects them."""
    for_the_eye = sys.stdout.isatty()
    structlog.configure(
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.dev.ConsoleRenderer()
            if for_the_eye
            else structlog.processors.JSONRenderer(),
        ],
        cache_logger_on_first_use=True,
    )


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, help="The port to listen on.")
@click.option(
    "--processes",
    default=1,
    show_default=True,
    help="Server processes. More than one is for PostgreSQL; SQLite is fast in one.",
)
@click.pass_obj
def serve(installation: Installation, host: str, port: int, processes: int) -> None:
    """
    Answer browsers and programs.

    Listens on this machine only, unless --host says otherwise; put a proxy that speaks HTTPS before it.
    """
    _log()
    click.echo(f"Rutin answers on http://{host}:{port}")
    Server(installation.settings, f"{host}:{port}", processes).run()
