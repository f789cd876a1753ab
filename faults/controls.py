"""Each promise with its protection taken away: the harness must then see the harm, or it could see none at all."""

import time
from collections.abc import Callable, Mapping

import psycopg

from faults.campaign import Campaign
from faults.judging import Reckoning, reckon
from faults.processes import Part

MOST_KILLS = 20
FIRST = "select id from notifications_notification order by id limit 1"


def nothing_waits_for_the_disk(campaign: Campaign) -> bool:
    """Receipts that do not wait until what they speak of is on the disk: a kill of the database loses some."""
    _tell(campaign, "alter system set synchronous_commit = off", "alter system set wal_writer_delay = '10s'")
    campaign.senders.begin()
    for _ in range(MOST_KILLS):
        time.sleep(1.5)
        campaign.house.kill_whole_database()
        campaign.house.raise_what_is_down()
        if _reckoned(campaign).lost:
            break
    campaign.senders.finish()
    return bool(_reckoned(campaign).lost)


def one_key_may_stand_twice(campaign: Campaign) -> bool:
    """A key that the database lets in twice: sent twice at once, it is two notifications."""
    _tell(campaign, "alter table notifications_notification drop constraint a_sender_uses_a_key_once")
    campaign.senders.only = "twice at once"
    campaign.senders.begin()
    until = time.monotonic() + 60
    while time.monotonic() < until and not _reckoned(campaign).duplicated:
        time.sleep(2)
    campaign.senders.finish()
    return _reckoned(campaign).duplicated > 0


def nobody_works(campaign: Campaign) -> bool:
    """No worker after the deadlines: nobody is told."""
    campaign.senders.begin()
    time.sleep(10)
    campaign.house.kill(Part.WORKER, campaign.chance)
    hurried = sum(campaign.senders.hurry_a_deadline() for _ in range(5))
    campaign.senders.finish(raising=False)
    campaign.senders.rested_since = time.time()
    time.sleep(75)
    return hurried > 0 and _reckoned(campaign).escalated_late == hurried


def one_is_taken_away(campaign: Campaign) -> bool:
    """A notification that somebody takes out of the database, and one whose hash is changed: both are missed."""
    campaign.senders.begin()
    time.sleep(10)
    campaign.senders.finish()
    with psycopg.connect(campaign.house.as_superuser()) as line:
        line.execute("set session_replication_role = replica")  # no foreign key stands in the way
        line.execute(f"delete from notifications_notification where id = ({FIRST})")
        line.execute(f"update notifications_notification set body_hash = repeat('0', 64) where id = ({FIRST})")
    found = _reckoned(campaign)
    return (len(found.lost), len(found.changed)) == (1, 1)


ALL: Mapping[str, Callable[[Campaign], bool]] = {
    "receipts that do not wait for the disk": nothing_waits_for_the_disk,
    "a key that may stand twice": one_key_may_stand_twice,
    "nobody at work after the deadlines": nobody_works,
    "a notification taken away, and one changed": one_is_taken_away,
}


def _tell(campaign: Campaign, *statements: str) -> None:
    with psycopg.connect(campaign.house.as_superuser(), autocommit=True) as line:
        for statement in statements:
            line.execute(statement)
        line.execute("select pg_reload_conf()")


def _reckoned(campaign: Campaign) -> Reckoning:
    return reckon(
        campaign.house,
        campaign.receipts,
        kills=campaign.kills,
        done=campaign.done,
        hurried=campaign.senders.hurried,
        rested_since=campaign.senders.rested_since or time.time(),
        with_ledger=False,
    )
