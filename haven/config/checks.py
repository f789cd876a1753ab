"""What `haven check` looks at."""

import logging
import os
import stat
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from itertools import islice
from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.utils import Error

from haven.audits.queries.counts import differences
from haven.config.demo.fairhaven import AREA_CODE, AREA_NAME
from haven.engines.documents.landlock import version
from haven.files.queries import free_share
from haven.keys.queries import standing
from haven.ledger.clock import MOST_OFF, gap, gap_in_words, now
from haven.ledger.models import Waiting
from haven.ledger.queries.told import sealed_so_far
from haven.people.models import Area
from haven.questions.queries.recounting import counts_amiss, sheets

MOST_TOLD = 5  # of the counts that are amiss
WHO_WE_ARE = """
    select current_user, rolsuper, current_setting('server_version') from pg_roles where rolname = current_user
"""
LONGEST_WAIT = timedelta(minutes=5)
LONGEST_UNTESTED = timedelta(days=100)  # a quarter of a year, and some days
LOCAL_HOSTS = {"127.0.0.1", "localhost", "[::1]"}


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: what, whether it holds, and what was seen or what to do."""

    what: str
    holds: bool
    words: str


def findings() -> list[Finding]:
    """Everything, in the order in which one would mend it."""
    logging.getLogger("psycopg.pool").setLevel(logging.CRITICAL)  # one line says it, not ten
    return [_looked_at(what, look) for what, look in LOOKS.items()]


def _looked_at(what: str, look: Callable[[], tuple[bool, str]]) -> Finding:
    try:
        return Finding(what, *look())
    except Error:
        return Finding(what, holds=False, words="the database does not answer: start Haven, or look at DATABASE_URL")


def _demonstration() -> tuple[bool, str]:
    real = (
        settings.IS_SECURE or bool(os.environ.get("DATABASE_URL")) or not LOCAL_HOSTS.issuperset(settings.ALLOWED_HOSTS)
    )
    if not settings.IS_DEMO and (_is_demonstrations_folder() or _is_furnished()):
        return False, f"HAVEN_HOME holds the demonstration of {AREA_NAME}: choose another folder for your own"
    if settings.IS_DEMO and (real or (Area.objects.exists() and not _is_furnished())):
        return False, "HAVEN_DEMO is set on a real installation, where it would let anyone in: unset it"
    return True, "on, on this machine alone" if settings.IS_DEMO else "off in this command's environment"


def _is_demonstrations_folder() -> bool:
    usual = Path(os.environ.get("HAVEN_DEMO_HOME", settings.ROOT / "var" / "demo"))
    return Path(settings.HOME) == usual.resolve()


def _is_furnished() -> bool:
    return Area.objects.filter(code=AREA_CODE, name=AREA_NAME).exists()


def _encryption() -> tuple[bool, str]:
    if settings.IS_SECURE:
        return True, f"pages are served at {settings.ORIGIN}"
    return settings.IS_DEMO, "set HAVEN_ORIGIN to an https:// address before people other than you use it"


def _keys() -> tuple[bool, str]:
    every = (settings.HOME / "secret", settings.HOME / "file-key", settings.LEDGER_KEY)
    kept = [path for path in every if path.exists()]
    open_to_others = [path.name for path in kept if path.stat().st_mode & (stat.S_IRWXG | stat.S_IRWXO)]
    if open_to_others:
        return False, f"others on this machine can read {', '.join(open_to_others)}: chmod 600"
    return True, "readable by this account alone" if kept else "from the environment"


def _database() -> tuple[bool, str]:
    with connection.cursor() as cursor:
        cursor.execute(WHO_WE_ARE)
        role, is_super, version = cursor.fetchone()
    if is_super:
        return False, f"Haven is connected as {role}, a superuser, whom no lock holds: connect as haven_app"
    return True, f"PostgreSQL {version}, as {role}"


def _tables() -> tuple[bool, str]:
    executor = MigrationExecutor(connection)
    waiting = executor.migration_plan(executor.loader.graph.leaf_nodes())
    return not waiting, f"{len(waiting)} migrations wait: stop Haven and start it again" if waiting else "up to date"


def _ledger() -> tuple[bool, str]:
    """Whether what was told is sealed soon, and how far a witness, without whom no rewriting is found, has signed."""
    oldest = Waiting.objects.order_by("since").values_list("since", flat=True).first()
    if oldest and now() - oldest > LONGEST_WAIT:
        since = f"{oldest:%-d %B %Y, %H:%M} UTC"
        return False, f"what was done since {since} is not sealed: haven ledger sequence --once says why"
    sealed = sealed_so_far()
    if sealed is None:
        return True, "nothing is sealed yet"
    witness = f"; {sealed.witness} signed up to {sealed.witnessed}" if sealed.witnessed else "; no witness has signed"
    return True, f"sealed up to entry {sealed.size}{witness}"


def _root_key() -> tuple[bool, str]:
    """The key above whatever is confidential. In the demonstration nobody keeps shares of it."""
    stands = standing()
    if stands.fault or (stands.root and not stands.is_at_hand):
        return False, stands.fault or f"{stands.root} is not at hand: haven keys restore"
    if stands.root is None or not stands.records or settings.IS_DEMO:
        return True, "nothing confidential is sealed yet" if not stands.records else "at hand"
    if stands.root.split_at is None:
        return False, "nobody keeps shares of the root key: haven keys split"
    if stands.root.drilled_at is None or now() - stands.root.drilled_at > LONGEST_UNTESTED:
        return False, f"no test in the last {LONGEST_UNTESTED.days} days opened all it tried: haven keys test"
    return True, f"{stands.records} records, tested {stands.root.drilled_at:%-d %B %Y}"


def _clock() -> tuple[bool, str]:
    """Deadlines go by the database's. A machine that is off ends sessions too soon or too late, and more."""
    off = gap()
    return abs(off) <= MOST_OFF, f"this machine's clock is {gap_in_words(off)} the database's"


def _space() -> tuple[bool, str]:
    free, least = free_share(), settings.LEAST_FREE
    words = f"{free:.0%} of the disk is free; below {least:.0%} nothing new is taken"
    return free >= least, words


def _reading() -> tuple[bool, str]:
    if version():
        return True, "files that come in are parsed by a process that can open nothing of this account's"
    return False, "this system has no Landlock (Linux 5.13 or newer): what parses files could open this account's"


def _mail() -> tuple[bool, str]:
    if settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return settings.IS_DEMO, f"e-mails are written to {Path(settings.EMAIL_FILE_PATH).name}/ and not sent"
    return True, f"through {settings.EMAIL_HOST}"


def _audits() -> tuple[bool, str]:
    """What is kept counted for the pictures of audits, counted again from the answers and from what was sent."""
    amiss = [*islice(counts_amiss(), MOST_TOLD + 1), *islice(differences(), MOST_TOLD + 1)]
    if not amiss:
        return True, f"the counts of {sheets()} answer sheets, and of what was sent, are as the answers say"
    more = "; and more" if len(amiss) > MOST_TOLD else ""
    return False, f"{'; '.join(map(str, amiss[:MOST_TOLD]))}{more}: haven audits recount"


LOOKS = {
    "demonstration": _demonstration,
    "encryption": _encryption,
    "keys": _keys,
    "database": _database,
    "tables": _tables,
    "root key": _root_key,
    "ledger": _ledger,
    "clock": _clock,
    "disk": _space,
    "reading": _reading,
    "mail": _mail,
    "audits": _audits,
}
