"""A Haven as an installation runs it: no demonstration, the real server, the cast in a database of its own."""

import os
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
from django.conf import settings

from haven.config.database.roles import ensure_database
from tests.shape.source import ROOT

FILL = "import django; django.setup(); from tests.cast import assemble; assemble()"


@dataclass(frozen=True)
class Site:
    """Where it is, and what it sent."""

    address: str
    home: Path

    def newest_mail(self, to: str) -> str:
        """The newest e-mail to this address, waited for a little."""
        for _ in range(50):
            found = [path for path in (self.home / "mail").glob("*") if f"To: {to}" in path.read_text()]
            if found:
                return max(found, key=lambda path: path.stat().st_mtime_ns).read_text()
            time.sleep(0.1)
        raise AssertionError(f"no e-mail to {to}")

    def code_sent_to(self, to: str) -> str:
        """The code in the newest e-mail to this address."""
        found = re.search(r"^    (\S+)$", self.newest_mail(to), re.MULTILINE)
        assert found
        return found[1]


@contextmanager
def running_site(template: str, home: Path, port: int) -> Iterator[Site]:
    """The site, answering, until it is done with. `template` is a migrated database to copy."""
    superuser = f"host={settings.HOME / 'db' / 's'} user=haven dbname=postgres"
    name = f"site_{os.getpid()}"
    ensure_database(superuser, name, template=template)
    (home / "db").symlink_to(settings.HOME / "db")
    site = Site(f"http://localhost:{port}", home)
    environment = {key: value for key, value in os.environ.items() if not key.startswith("HAVEN_")}
    environment |= {"HAVEN_HOME": str(home), "HAVEN_DB_NAME": name, "HAVEN_ORIGIN": site.address}
    environment |= {"DJANGO_SETTINGS_MODULE": "haven.config.settings", "PYTHONPATH": str(ROOT)}
    collect = ("-m", "django", "collectstatic", "--noinput", "--verbosity", "0")
    for words in ((*collect,), ("-c", FILL)):
        subprocess.run([sys.executable, *words], cwd=ROOT, env=environment, check=True)
    command = ["-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port), "--no-ws"]
    log = home / "log"
    with log.open("w") as out:
        server = subprocess.Popen(
            [sys.executable, *command, "haven.config.wsgi:application"],
            cwd=ROOT,
            env=environment,
            stdout=out,
            stderr=out,
        )
    try:
        _wait_for(server, log)
        yield site
    finally:
        server.terminate()
        server.wait(timeout=30)
        with psycopg.connect(superuser, autocommit=True) as connection:
            connection.execute(f"drop database if exists {name} with (force)")


def _wait_for(server: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(300):
        if "Started worker-1" in log.read_text():
            return
        if server.poll() is not None:
            break
        time.sleep(0.1)
    raise AssertionError(f"the site did not start:\n{log.read_text()[-3000:]}")
