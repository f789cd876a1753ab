"""The embedded PostgreSQL starts, stops, and says plainly what is wrong."""

import os
import signal
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import psycopg
import pytest

from haven.config.database.cluster import Cluster, NoDatabase
from haven.config.database.roles import APP, OWNER, READER, ensure_database, ensure_roles, grant


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("pg")
    for parent in (folder, *folder.parents):
        if parent.stat().st_uid == os.geteuid() and parent != Path("/"):
            parent.chmod(parent.stat().st_mode | 0o055)  # the server may run as another account
    return folder / "c"


def test_a_cluster_keeps_what_was_committed_when_it_is_killed(home: Path) -> None:
    cluster = Cluster(home)
    cluster.start()
    try:
        superuser = f"host={cluster.socket} user=haven dbname=postgres"
        ensure_roles(superuser)
        ensure_roles(superuser)
        assert ensure_database(superuser, "probe")
        assert not ensure_database(superuser, "probe")
        owner = f"host={cluster.socket} user={OWNER} dbname=probe"
        grant(owner)
        with psycopg.connect(owner) as connection:
            connection.execute("create table kept (word text)")
        with psycopg.connect(f"host={cluster.socket} user={APP} dbname=probe") as connection:
            connection.execute("insert into kept values ('kept')")
        os.kill(int((home / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        cluster.start()
        with psycopg.connect(f"host={cluster.socket} user={APP} dbname=probe") as connection:
            assert connection.execute("select word from kept").fetchone() == ("kept",)
            with pytest.raises(psycopg.errors.InsufficientPrivilege):
                connection.execute("drop table kept")
    finally:
        cluster.stop()
    assert not cluster.is_running()


def test_it_listens_on_no_network(home: Path) -> None:
    cluster = Cluster(home)
    cluster.start()
    try:
        with psycopg.connect(f"host={cluster.socket} user=haven dbname=postgres") as connection:
            assert connection.execute("show listen_addresses").fetchone() == ("",)
    finally:
        cluster.stop()


def test_a_path_too_long_for_a_socket_is_told(tmp_path: Path) -> None:
    with pytest.raises(NoDatabase, match="HAVEN_HOME"):
        Cluster(tmp_path / ("x" * 120))


def test_a_folder_without_postgresql_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HAVEN_PG_BIN", str(tmp_path))
    with pytest.raises(NoDatabase, match="HAVEN_PG_BIN"):
        Cluster(tmp_path / "c")


@pytest.mark.skipif(os.geteuid() != 0, reason="only root chooses another account")
def test_an_unknown_account_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HAVEN_PG_USER", "nobody-of-this-name")
    with pytest.raises(NoDatabase, match="no such account"):
        Cluster(tmp_path / "c")


def test_starts_at_once_make_each_role_and_database_once(home: Path) -> None:
    cluster = Cluster(home)
    cluster.start()
    superuser = f"host={cluster.socket} user=haven dbname=postgres"

    def begin(_: int) -> bool:
        ensure_roles(superuser)
        return ensure_database(superuser, "haven")

    try:
        with ThreadPoolExecutor(8) as starts:
            made = list(starts.map(begin, range(8)))
        with psycopg.connect(superuser) as connection:
            roles = connection.execute("select rolname from pg_roles where starts_with(rolname, 'haven_')").fetchall()
    finally:
        cluster.stop()
    assert made.count(True) == 1
    assert {role for (role,) in roles} == {OWNER, APP, READER}
