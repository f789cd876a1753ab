"""From nothing to a database that Haven can use: started, with its roles, and migrated."""

import os
import subprocess
import sys
from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path

from haven.config.database.cluster import Cluster
from haven.config.database.roles import OWNER, ensure_database, ensure_roles, grant

HAVEN = Path(__file__).resolve().parents[2]


def start_embedded(home: Path) -> Cluster:
    """The embedded server of an installation, running, with the roles and Haven's own database."""
    cluster = Cluster(home / "db")
    cluster.start()
    superuser = f"host={cluster.socket} user=haven dbname=postgres"
    ensure_roles(superuser)
    if ensure_database(superuser, "haven"):
        grant(f"host={cluster.socket} user={OWNER} dbname=haven")
    return cluster


def migrate(home: Path) -> bool:
    """Bring the tables up to date, as their owner; false where this very set of migrations was the last to run."""
    mark, wanted = home / "migrated", migrations_digest()
    if mark.exists() and mark.read_text() == wanted:
        return False
    make_tables()
    mark.write_text(wanted)
    return True


def make_tables() -> None:
    """Make or change the tables of this database until they are what the migrations say."""
    _as_owner("haven.config.database.migrating")


def manage(*words: str) -> None:
    """Run one of Django's own commands as the owner of the tables."""
    _as_owner("django", *words)


def _as_owner(*words: str) -> None:
    environment = os.environ | {"HAVEN_DB_ROLE": OWNER, "DJANGO_SETTINGS_MODULE": "haven.config.settings"}
    subprocess.run([sys.executable, "-m", *words], check=True, env=environment)


def migrations_digest() -> str:
    """What tells one set of migrations from another: the files of Haven's, and the lock of everybody else's."""
    return _digest(HAVEN.glob("*/migrations/*.py"))


def static_digest() -> str:
    """What tells one set of static files from another."""
    return _digest([*HAVEN.glob("*/static/**/*.*"), *(HAVEN.parent / "static").glob("**/*.*")])


def _digest(files: Iterable[Path]) -> str:
    lock = HAVEN.parent / "requirements.lock"
    return sha256(b"".join(path.read_bytes() for path in [*sorted(files), lock] if path.exists())).hexdigest()
