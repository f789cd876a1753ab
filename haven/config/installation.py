"""This installation's own database, for a command that runs whether or not Haven is being served."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from importlib import import_module
from pathlib import Path

from django.apps import apps

from haven.config.database.cluster import Cluster
from haven.config.database.preparing import migrate, start_embedded
from haven.config.django_ready import make_ready

ROOT = Path(__file__).resolve().parents[2]


@contextmanager
def installation() -> Iterator[None]:
    """The installation's database, started and brought up to date where that is for us to do, and Django on it."""
    if apps.ready:  # called from a Haven that runs already
        yield
        return
    home = Path(os.environ.setdefault("HAVEN_HOME", str(ROOT / "var" / "haven"))).resolve()
    home.mkdir(parents=True, exist_ok=True)
    is_ours = not os.environ.get("DATABASE_URL")
    was_running = is_ours and (home / "db").exists() and Cluster(home / "db").is_running()
    cluster = start_embedded(home) if is_ours else None
    try:
        migrate(home)
        make_ready()
        yield
    finally:
        if cluster and not was_running:
            import_module("django.db").connections.close_all()
            cluster.stop()
