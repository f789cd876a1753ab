"""Do harm to a running Haven, and count what was lost: `./run faults [--minutes N] [--json]`.

A house of its own is furnished in a temporary folder. Senders send notifications as a force's program does while
its server, worker, sequencer and database are killed, at random and at named points, replies are lost, the same is
sent twice at once, clocks are three hours wrong, and the disk is full. Then everything comes to rest and is counted.
Before that, each thing that is counted is shown to be seen where its protection is taken away
(`--without-controls` leaves that out). Exit status 1 where anything was lost, doubled or told late, or a control saw
nothing.
"""

import argparse
import json
import os
import random
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from benchmarks.ports import free_port
from benchmarks.sharing_client import Force
from faults import controls, telling
from faults.campaign import Campaign
from faults.processes import House, Volume
from faults.receipts import Receipts
from faults.sending import Senders
from faults.world import AREA, SCHOOLS
from haven.config.database.cluster import Cluster
from haven.config.database.preparing import migrate, start_embedded
from haven.config.serving import collect_static

LOADED_ANEW = "begin every process as an installation does, which takes seconds for each kill, and is served by Granian"


def main(argv: list[str]) -> int:
    """Run the controls and the campaign, and print the report."""
    parser = argparse.ArgumentParser(
        "faults", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=10.0, help="how long to do harm (default 10)")
    parser.add_argument("--kills", type=int, help="stop after so many kills, if that comes first")
    parser.add_argument("--seed", type=int, default=None, help="do the same again, as far as chance goes")
    parser.add_argument("--loaded-anew", action="store_true", help=LOADED_ANEW)
    parser.add_argument("--without-controls", action="store_true", help="only the campaign")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    asked = parser.parse_args(argv)
    seed = asked.seed if asked.seed is not None else random.SystemRandom().randrange(10**6)
    say = (lambda _: None) if asked.json else telling.say
    seen, is_forked = {}, not asked.loaded_anew
    say("furnishing a house")
    with model() as of:
        for name, control in () if asked.without_controls else controls.ALL.items():
            say(f"without protection: {name}")
            with furnished(of, random.Random(seed), is_forked=is_forked) as campaign:
                campaign.say = say
                seen[name] = control(campaign)
                say("the harm was seen" if seen[name] else "NOTHING WAS SEEN")
        say(f"the campaign, {asked.minutes:g} minutes, seed {seed}")
        with furnished(of, random.Random(seed), is_forked=is_forked) as campaign:
            campaign.say = say
            reckoning = campaign.run(minutes=asked.minutes, most_kills=asked.kills)
            refusals = campaign.senders.refusals[:5]
    if asked.json:
        print(json.dumps({"seed": seed, **reckoning.as_json(), "refusals": refusals, "controls": seen}))
    else:
        telling.report(reckoning, seen, refusals)
    return 0 if reckoning.holds and all(seen.values()) and not refusals else 1


@dataclass(frozen=True)
class Model:
    """A house that is furnished and stands still, of which each campaign has a copy."""

    home: Path
    force: Force  # whose key it knows


@contextmanager
def model() -> Iterator[Model]:
    """Furnish one, which takes a minute, and throw it away at the end."""
    home = Path(tempfile.mkdtemp(prefix="hf-"))
    home.chmod(0o755)  # run as root, the database's server is another user
    force = Force(free_port())
    os.environ.update(_environment(home, force.port))
    try:
        cluster = start_embedded(home)
        migrate(home)
        collect_static(home)
        subprocess.run([sys.executable, "-m", "faults.world", force.public], check=True)
        cluster.stop()
        yield Model(home, force)
    finally:
        Cluster(home / "db").stop()
        shutil.rmtree(home, ignore_errors=True)


@contextmanager
def furnished(of: Model, chance: random.Random, *, is_forked: bool) -> Iterator[Campaign]:
    """A copy of it at work, and senders who know its address; taken down and thrown away at the end."""
    home, aside = Path(tempfile.mkdtemp(prefix="hf-")), Path(tempfile.mkdtemp(prefix="hf-aside-"))
    volume, force = Volume(home), replace(of.force, port=free_port())
    house = House(home, aside, force.port, _environment(home, force.port), is_forked=is_forked, volume=volume)
    receipts = Receipts(aside / "receipts.jsonl")
    try:
        home.chmod(0o755)
        subprocess.run(["cp", "-a", f"{of.home}/.", str(home)], check=True)
        written = home / "db" / "data" / "haven.conf"
        written.write_text(written.read_text().replace(str(of.home), str(home)))
        house.begin()
        senders = Senders(house, receipts, force, AREA, list(SCHOOLS), chance)
        yield Campaign(house, senders, receipts, chance, telling.say)
    finally:
        receipts.end()
        house.end()
        volume.end()
        for folder in (home, aside):
            shutil.rmtree(folder, ignore_errors=True)


def _environment(home: Path, port: int) -> dict[str, str]:
    ours = {
        "HAVEN_HOME": str(home),
        "DJANGO_SETTINGS_MODULE": "haven.config.settings",
        "HAVEN_ORIGIN": f"http://127.0.0.1:{port}",
        "HAVEN_HOSTS": "127.0.0.1",
        "HAVEN_LEDGER_SECONDS": "1",
    }
    return {name: value for name, value in os.environ.items() if not name.startswith("HAVEN_")} | ours


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
