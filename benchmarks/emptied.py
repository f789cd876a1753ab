"""An empty database of Haven's own, for as long as something is measured in it."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from haven.config.database.preparing import migrate, start_embedded
from haven.config.django_ready import make_ready


@contextmanager
def empty_database(**environment: str) -> Iterator[None]:
    """Start it with every table and no row, and Django on it; stop it and throw it away afterwards."""
    with tempfile.TemporaryDirectory(prefix="haven-") as folder:
        Path(folder).chmod(0o755)  # run as root, the database's server is another user
        os.environ.update(environment, HAVEN_HOME=folder)
        cluster = start_embedded(Path(folder))
        try:
            migrate(Path(folder))
            make_ready()
            yield
        finally:
            cluster.stop()
