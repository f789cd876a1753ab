"""Numbers and addresses that a note calls dead are no contacts; those that only rest at times, or are new, are.

`DEAD` and `GONE@` stand for a number and an address that no longer work, `LIVE` and `LIVE@` for such as do.
"""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.who.contacts import find_contacts

WORDS = {
    "DEAD": "01632 960123",
    "GONE@": "dead.box@example.org",
    "LIVE@": "live.box@example.org",
    "LIVE": "01632 960100",
}
CALLED_DEAD = """
    Please cross DEAD out.
    Scrub DEAD from your phones.
    Strike DEAD off your list.
    Wipe DEAD from your contacts.
    Please rub out DEAD.
    Do not dial DEAD.
    DEAD has been given up.
    DEAD is not answered now.
    DEAD has been disconnected.
    DEAD is obsolete.
    DEAD is out of order for good.
    DEAD is defunct.
    DEAD no longer exists.
    DEAD does not exist any more.
    DEAD will not be answered after Easter.
    DEAD will be switched off on Friday.
    DEAD goes dead on 1 June.
    DEAD goes dead.
    DEAD is going.
    DEAD goes to nobody.
    DEAD leads nowhere.
    DEAD goes unanswered.
    DEAD just rings.
    DEAD rings for ever.
    DEAD has gone.
    DEAD is no more.
    DEAD is not ours any longer.
    DEAD isn't ours now.
    DEAD is not in use.
    DEAD isn't in use.
    DEAD is not used now.
    DEAD isn't used any more.
    DEAD is now somebody else's.
    DEAD has been passed to another service.
    DEAD has been reallocated.
    DEAD now reaches a taxi firm.
    DEAD is now a taxi firm's.
    DEAD has not worked since May.
    DEAD hasn't worked since May.
    DEAD stopped working in June.
    DEAD won't work after Friday.
    DEAD will cease to work on Friday.
    DEAD ceased in March.
    DEAD was shut down.
    DEAD is shut.
    DEAD has closed.
    DEAD closed in May.
    DEAD has been retired.
    DEAD has been scrapped.
    DEAD was scrapped.
    DEAD was dropped in the summer.
    DEAD lapsed in March.
    DEAD expired at Christmas.
    DEAD is void.
    DEAD is not valid.
    DEAD is no longer valid.
    DEAD is invalid.
    DEAD is a wrong number.
    DEAD was printed in error.
    DEAD was a misprint.
    DEAD was wrong.
    We gave DEAD by mistake.
    DEAD was given in error last week.
    The number in the last note (DEAD) was wrong.
    DEAD should read LIVE.
    For DEAD read LIVE.
    Not DEAD but LIVE.
    Use LIVE, not DEAD.
    Ring LIVE and not DEAD.
    LIVE instead of DEAD.
    LIVE (DEAD until May).
    LIVE (was DEAD).
    LIVE (formerly DEAD).
    LIVE replaces DEAD.
    LIVE has replaced DEAD.
    LIVE takes the place of DEAD.
    LIVE supersedes DEAD.
    DEAD is replaced by LIVE.
    DEAD is superseded by LIVE.
    DEAD has become LIVE.
    DEAD becomes LIVE.
    DEAD is now LIVE.
    DEAD changes to LIVE.
    DEAD has changed to LIVE.
    Our number was DEAD and is now LIVE.
    Our number changed from DEAD to LIVE.
    The number is now LIVE; forget DEAD.
    LIVE. The former number DEAD has been taken off.
    The line moved from DEAD to LIVE in May.
    Instead of DEAD, ring LIVE.
    In place of DEAD please use LIVE.
    You may still have DEAD; it is dead.
    You may still have DEAD. It no longer works.
    Some of you still have DEAD, which is no longer ours.
    Some of you are still ringing DEAD. Please stop.
    Please stop ringing DEAD.
    Please stop using DEAD.
    Nobody answers DEAD.
    No one is at the end of DEAD.
    There is nobody on DEAD now.
    There's no longer anybody on DEAD.
    Nobody picks up DEAD.
    There is no service on DEAD.
    DEAD has no one behind it.
    Her old mobile was DEAD.
    His former mobile (DEAD) has been handed back.
    She has handed back her mobile, DEAD.
    Her phone DEAD was stolen.
    Her phone DEAD was lost in May and not replaced.
    DEAD went back to the council with her.
    Please unlearn DEAD.
    Bin DEAD.
    Please bin any card with DEAD on it.
    Anything sent to GONE@ is lost.
    Mail to GONE@ is not read.
    Mail to GONE@ bounces.
    Messages to GONE@ will not be read.
    Messages sent to GONE@ are no longer seen.
    GONE@ is not read any more.
    GONE@ is not monitored.
    GONE@ is no longer looked at.
    GONE@ has been closed.
    GONE@ is full and nobody reads it.
    Nobody reads GONE@ now.
    No one looks at GONE@ any more.
    GONE@ was deleted on Monday.
    GONE@ fails.
    E-mail to GONE@ will come back to you.
    GONE@ returns an error.
    Don't write to GONE@.
    Please do not send anything to GONE@.
    Do not send returns to GONE@ any more.
    Do not e-mail GONE@.
    Never use GONE@.
    The mailbox GONE@ has been shut.
    Mrs Dale left in July and GONE@ with her.
    Mrs Dale has left, so DEAD is out of use.
    Mrs Dale retired; remove DEAD.
    Mrs Dale has retired. Please take DEAD out of your phones.
    Delete DEAD.
    You can delete DEAD.
    You should delete DEAD from your phones.
    DEAD can be deleted.
    DEAD may be deleted.
    DEAD should be deleted.
    DEAD is to be removed from lists.
    DEAD must be taken off your lists.
    DEAD to be deleted.
    Lose DEAD.
    DEAD is history.
    DEAD is a thing of the past.
    DEAD is being withdrawn on 1 May.
    DEAD will be withdrawn.
    DEAD will close.
    DEAD will go.
    DEAD is to close at Easter.
    DEAD is for the chop.
    DEAD is no use now.
    DEAD is no use any longer.
    DEAD is useless.
    DEAD is not to be used.
    DEAD must not be used.
    DEAD should not be used.
    DEAD shouldn't be used any more.
    DEAD can't be used now.
    Fax: DEAD
    Fax no. DEAD
    Fax (DEAD)
    The fax number is DEAD.
    By fax: DEAD
    The fax on DEAD has gone.
    Textphone and fax DEAD
"""
STILL_LIVE = """
    LIVE, where nobody answers on Fridays.
    LIVE. Nobody answers after five.
    Ring LIVE; do not leave a message.
    LIVE (I do not work on Mondays).
    LIVE. We do not work weekends.
    LIVE (not monitored at weekends).
    LIVE is not staffed on Sundays.
    LIVE is closed at Christmas.
    LIVE is closed on Fridays.
    LIVE closes at five.
    LIVE (office closed at half term).
    LIVE will close at noon on Friday.
    Please do not ring LIVE before nine.
    Do not ring LIVE after six.
    Do not use LIVE for emergencies.
    Don't text LIVE.
    Please do not e-mail LIVE@ with names of children.
    Please do not send pupils' names to LIVE@.
    Do not send referrals to LIVE@; it is for bookings.
    She has left the old building and is on LIVE.
    She is no longer at Vale House: ring LIVE.
    She has a new number, LIVE.
    The new number is LIVE.
    LIVE is new.
    LIVE is our new number.
    The number has changed: LIVE.
    LIVE has not changed.
    LIVE stays the same.
    LIVE still works.
    LIVE is back in use.
    LIVE will be out of action on Friday morning.
    LIVE is now staffed until eight.
    LIVE is now open all night.
    Delete your old list and save LIVE.
    Bin last year's card. LADO: LIVE
    The service has closed its doors in Vine Street; ring LIVE.
    The hub is no longer in Vine Street. Its number is LIVE.
    The form is withdrawn; ask LIVE for the new one.
    The course is cancelled. Questions to LIVE.
    If the line is dead ring LIVE.
    If nobody answers, ring LIVE.
    If your number has changed, ring LIVE.
    Remove the child from danger and ring LIVE.
    Ring LIVE if a number on this list is wrong.
    LIVE, since the old line is off.
    LIVE from now on.
    Please delete names before you write to LIVE@.
    Take the poster off the wall and ring LIVE.
    Scrap the old form; the new one is from LIVE@.
    Pupils who have gone missing: LIVE
    Children who leave: tell LIVE@.
    He has left a message for you on LIVE.
    Leavers: send lists to LIVE@.
    Nobody but the DSL need ring LIVE.
    To report a broken link, write to LIVE@.
    To be removed from this list write to LIVE@.
    To have your name taken off, ring LIVE.
    Cancelled bookings: LIVE
    Late or cancelled places: LIVE@
    Wrong address? Tell LIVE@.
    If we have this wrong, tell LIVE@.
    Mistakes to LIVE@.
    Stop and think, then ring LIVE.
    Don't wait; ring LIVE.
    Fax is gone, but LIVE still works.
    Telephone LIVE, fax DEAD.
    LIVE (fax DEAD).
    Not sure? Ring LIVE.
    Why not ring LIVE?
    LIVE, not just for emergencies.
"""
PLACES = ["News of the week.\n\n{}\n\nThank you.\n", "- {}\n- Our doors open at nine.\n"]


def listed(sentences: str) -> list[str]:
    return [line.strip() for line in sentences.strip().splitlines()]


def reached(words: str, name: str = "note.txt") -> set[str]:
    for sign, written in WORDS.items():
        words = words.replace(sign, written)
    found = find_contacts(open_document(name, words.encode()))
    return {value for contact in found for value in (*contact.phones, *contact.emails)}


def wanted(words: str) -> set[str]:
    told = {"live.box@example.org"} if "LIVE@" in words else set()
    return told | ({"+441632960100"} if "LIVE" in words.replace("LIVE@", "") else set())


@pytest.mark.parametrize("sentence", listed(CALLED_DEAD))
@pytest.mark.parametrize("place", PLACES)
def test_what_a_sentence_calls_dead_is_no_contact(place: str, sentence: str) -> None:
    assert reached(place.format(sentence)) == wanted(sentence)


@pytest.mark.parametrize("sentence", listed(STILL_LIVE))
@pytest.mark.parametrize("place", PLACES)
def test_what_only_rests_or_is_new_is_a_contact(place: str, sentence: str) -> None:
    assert reached(place.format(sentence)) == wanted(sentence)


@pytest.mark.parametrize(
    "heading",
    ["Gone", "4 Leavers", "Gone since June", "Numbers to delete", "Part five: no longer in use", "Who has left us"],
)
def test_what_stands_under_a_heading_of_the_gone_is_left_out(heading: str) -> None:
    assert reached(f"# Numbers\n\n- Hub LIVE\n\n# {heading}\n\n- Bo Dale DEAD\n", "a.md") == {"+441632960100"}


def test_among_the_gone_the_number_to_ring_instead_lives() -> None:
    assert reached("# Gone\n\n- Bo Dale has left. Ring LIVE instead.\n", "a.md") == {"+441632960100"}


@pytest.mark.parametrize(
    "lead", ["These numbers are no longer in use:", "Please delete:", "The following are out of use:"]
)
def test_a_list_that_is_led_to_as_dead_is_left_out(lead: str) -> None:
    assert reached(f"{lead}\n\n- Bo Dale DEAD\n- Hub GONE@\n\nThe desk is on LIVE.\n") == {"+441632960100"}


def test_a_row_of_a_table_may_say_that_its_number_is_dead() -> None:
    table = "| Line | Number | Note |\n|---|---|---|\n| Hub | LIVE | open |\n| Old hub | DEAD | closed |\n"
    assert reached(table, "a.md") == {"+441632960100"}
