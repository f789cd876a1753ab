"""What a bulletin's items become: an action to raise, the columns of an event, who a contact is."""

from uuid import UUID

from haven.actions.rules import LONGEST_LABEL, LONGEST_WHAT, Reach, WantedAction
from haven.bulletins.rules.facts import AskedFacts, EventFacts
from haven.bulletins.rules.marking import Secret, redacted
from haven.bulletins.rules.publishing import Settings, address_of_item
from haven.engines.days.recurrence import Rhythm


def wanted_action(
    facts: AskedFacts,
    *,
    key: UUID,
    number: int,
    quote: str,
    bulletin: UUID,
    asked_by: UUID,
    settings: Settings,
    audience: tuple[Reach, ...],
    secrets: frozenset[Secret],
) -> WantedAction:
    """The action that an item asks for. Marked contacts are withheld from it: it goes into lists, feeds and e-mails.

    `audience` narrows whom the bulletin is for; none where the item is for all of them.
    """
    return WantedAction(
        what=redacted(facts.what, secrets)[:LONGEST_WHAT],
        asked_by=asked_by,
        audience=audience or settings.audience,
        within=settings.audience if audience else (),
        source_label=redacted(settings.title, secrets)[:LONGEST_LABEL],
        source_address=address_of_item(bulletin, number),
        quote=redacted(quote, secrets),
        roles=frozenset(facts.roles) or settings.roles,
        due_on=facts.due_on,
        due_time=facts.due_time,
        recurs=Rhythm(facts.recurs.value) if facts.recurs else None,
        evidence=facts.evidence,
        is_optional=facts.is_optional,
        prohibits=facts.prohibits,
        key=key,
    )


def event_columns(facts: EventFacts) -> dict[str, object]:
    """An event as its row holds it."""
    return {
        "title": facts.title.strip(),
        "starts_on": facts.starts_on,
        "starts_time": facts.starts_time,
        "ends_on": facts.ends_on,
        "ends_time": facts.ends_time,
        "place": facts.place.strip(),
        "is_online": facts.is_online,
        "recurs": facts.recurs.value if facts.recurs else "",
        "is_optional": facts.is_optional,
        "is_cancelled": facts.is_cancelled,
    }


def are_one(name: str, other: str) -> bool:
    """Whether two names may be one person's: the same last word, or one of them unknown."""
    mine, theirs = name.lower().split(), other.lower().split()
    return not mine or not theirs or mine[-1] == theirs[-1]
