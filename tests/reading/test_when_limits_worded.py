"""Limits in words: asked, moved, opened and closed, in lists and logs, and days that are no limit to anybody."""

import pytest

from tests.reading.families import due, note, on

LIMITS: list[tuple[str, list[str], list[str]]] = [
    ("Deadline\nFriday 27 June 2025\n\nWho\nAll schools", ["06-27"], []),
    ("Respond by\nFriday 27 June 2025", ["06-27"], []),
    ("Return date: Friday 27 June", ["06-27"], []),
    ("Please return to: Jo Bell, by: 27 June", ["06-27"], []),
    ("Last date for entries 27 June.", ["06-27"], []),
    ("Entries close 27 June.", ["06-27"], []),
    ("Bookings must be in by the end of Friday 27 June.", ["06-27"], []),
    ("I need your numbers for Friday 27 June.", ["06-27"], []),
    ("Numbers, please, by Friday.", ["06-06"], []),
    ("Can I have these back by a week on Friday?", ["06-13"], []),
    ("The form has to be with us on or before 27 June.", ["06-27"], []),
    ("You have until close of play on 27 June to reply.", ["06-27"], []),
    ("All staff to have signed the code by 27 June.", ["06-27"], []),
    ("Heads: sign and return the memorandum, 27 June latest.", ["06-27"], []),
    ("27 June is the final date for returning the audit.", ["06-27"], []),
    ("The audit is open from 9 June to 27 June.", ["06-27"], []),
    ("The audit opens on 9 June and closes on 27 June.", ["06-27"], ["06-09"]),
    ("The portal will shut at midnight on 27 June.", ["06-27 23:59"], []),
    ("We cannot accept audits after 27 June.", ["06-27"], []),
    ("Audits received after noon on 27 June will not be read.", ["06-27 12:00"], []),
    ("The deadline of 20 June has been put back to 27 June.", ["06-27"], []),
    ("The deadline has been extended by a week to 27 June.", ["06-27"], []),
    ("The audit, due on 20 June, is now due on 27 June.", ["06-27"], []),
    ("The audit is due on 27 June, not 20 June as we said.", ["06-27"], []),
    ("Audit: 27 June (was 20 June)", ["06-27"], []),
    ("Please send your audit by 27th of this month.", ["06-27"], []),
    ("Please send your audit by the 27th.", ["06-27"], []),
    ("Please send your audit by the end of June.", ["06-30"], []),
    ("Please send your audit by the end of the month.", ["06-30"], []),
    ("Please send your audit by the last Friday in June.", ["06-27"], []),
    ("By 27 June at the latest, please: audit, list of trained staff, policy.", ["06-27"], []),
    (
        (
            "Please do three things by Friday 27 June:\n- Return the audit.\n- Send us your staff list.\n- Check "
            "your entry in the directory."
        ),
        ["06-27"],
        [],
    ),
    ("For Friday 27 June\n- Return the audit.\n- Send us your staff list.", ["06-27"], []),
    ("Before half term (Friday 27 June)\n- Return the audit.\n- Send us your staff list.", ["06-27"], []),
    (
        "By 20 June\n- Return the audit.\nBy 27 June\n- Send us your staff list.\n- Ring each family.",
        ["06-20", "06-27"],
        [],
    ),
    (
        (
            "Agreed actions\n\nJB to send the list to all – 2 July\nMT to ask the trust – 9 July\nAll: return "
            "the audit – 27 June"
        ),
        ["06-27", "07-02", "07-09"],
        [],
    ),
    (
        "Actions\n1. JB: send the list (2 July)\n2. MT: ask the trust (9 July)\n3. All: return the audit (27 June)",
        ["06-27", "07-02", "07-09"],
        [],
    ),
    ("ACTION: all schools to return the audit by 27 June.", ["06-27"], []),
    ("ACTION (JB, 27 June): chase the three schools.", ["06-27"], []),
    ("Action – JB – by 27/6", ["06-27"], []),
    ("Action: JB. Due: 27 June.", ["06-27"], []),
    (
        (
            "Who     What                    By\nJB      Send the list           2 July\nMT      Ask the trust   "
            "        9 July"
        ),
        ["07-02", "07-09"],
        [],
    ),
    ("To do: audit (27 June), staff list (4 July), policy (11 July)", ["06-27", "07-04", "07-11"], []),
    ("Deadlines: audit 27 June; staff list 4 July; policy 11 July.", ["06-27", "07-04", "07-11"], []),
    ("What is due\n\n27 June   Audit\n4 July    Staff list", ["06-27", "07-04"], []),
    ("Dates for returns:\n- Audit, 27 June\n- Staff list, 4 July", ["06-27", "07-04"], []),
    ("Jobs for June\n- Audit: 27 June\n- Staff list: 4 July", ["06-27", "07-04"], []),
    ("Homework for everybody\n- Return the audit (27 June)\n- Send the staff list (4 July)", ["06-27", "07-04"], []),
    ("Return the audit. Deadline 27 June, noon.", ["06-27 12:00"], []),
    ("Return the audit (deadline: noon, 27 June).", ["06-27 12:00"], []),
    ("Return the audit [27/6].", ["06-27"], []),
    ("Audit return. Due in: Fri 27 June. To: portal.", ["06-27"], []),
    ("Section 175 audit\nDue: Friday 27 June\nSend to: portal", ["06-27"], []),
    ("Please complete the audit. It closes on 27 June at 5pm.", ["06-27 17:00"], []),
    ("Complete it by 27 June.", ["06-27"], []),
    ("The audit is now live. Complete it by 27 June.", ["06-27"], []),
    ("We should be glad to have it by 27 June.", ["06-27"], []),
    ("It would help us to have your list by 27 June.", ["06-27"], []),
    ("We are hoping to hear from every school by 27 June.", ["06-27"], []),
    ("We expect every audit by 27 June.", ["06-27"], []),
    ("Every school's audit should reach us by 27 June.", ["06-27"], []),
    ("Those who have not replied have until 27 June.", ["06-27"], []),
    ("Schools have a further week, to 27 June, to reply.", ["06-27"], []),
    ("The survey runs until 27 June.", ["06-27"], []),
    ("The survey (closing 27 June) takes ten minutes.", ["06-27"], []),
    ("Tell us by return, and no later than 27 June, who will come.", ["06-27"], []),
    ("RSVP 27 June", ["06-27"], []),
    ("Places: Jo Bell, by 27 June", ["06-27"], []),
    ("Book at learning.example.org before 27 June.", ["06-27"], []),
    ("Booking closes a week before, on 27 June.", ["06-27"], []),
    ("By no later than 5 p.m. on Friday, 27th June 2025, you should have returned the audit.", ["06-27 17:00"], []),
    ("We will chase anyone who has not replied by 27 June.", ["06-27"], []),
    ("If we have not heard by 27 June we shall assume that you agree.", ["06-27"], []),
    ("Schools that have not replied by 27 June will be visited.", ["06-27"], []),
    ("Within the next week, and by Wednesday 11 June at the latest, check your list.", ["06-11"], []),
    ("Return the audit to me by Wednesday week.", ["06-18"], []),
]

NEITHER: list[tuple[str, list[str], list[str]]] = [
    ("We will publish the results on 17 June.", [], []),
    ("We are writing to every school on 17 June.", [], []),
    ("The new form will be on the portal from 17 June.", [], []),
    ("The LADO's number changes on 17 June.", [], []),
    ("From 17 June all referrals must be made on the web form.", [], []),
    ("Jo Bell joins us on 17 June.", [], []),
    ("Jo Bell is on leave until 17 June.", [], []),
    ("The trial at the county court is due to last until 17 June.", [], []),
    ("Their report stays with them until 17 June.", [], []),
    ("The library keeps the books until 17 June.", [], []),
    ("The offer of 10% off all training ends on 17 June.", [], []),
    ("Get 10% off your subscription if you order before 17 June!", [], []),
    ("Early-bird price of £40 until 17 June, then £55.", [], []),
    ("Special offer: order our planner before 17 June and save 10%.", [], []),
    ("Your licence expires on 17 June.", [], []),
    ("The grant runs to 17 June 2026.", [], []),
    ("Valid until 17 June 2026", [], []),
    ("Review date: 17 June 2026", [], []),
    ("Next review: 17 June 2026", [], []),
    ("Last updated 3 June 2025", [], []),
    ("This sheet replaces that of 12 May.", [], []),
    ("Since 12 May we have had 14 referrals.", [], []),
    ("Between 12 May and 30 May there were 14 referrals.", [], []),
    ("Figures to 30 June will be sent to you.", [], []),
    ("Your letter of 2 June is being dealt with.", [], []),
    ("The Act received Royal Assent on 17 June.", [], []),
    ("KCSIE 2025 comes into force on 1 September.", [], []),
    ("The forum of 17 June is cancelled.", [], []),
    ("The forum on 17 June has had to be called off.", [], []),
    ("No forum on 17 June.", [], []),
    ("There will be no forum on 17 June.", [], []),
    ("17 June: forum. CANCELLED", [], []),
    ("Return the audit to me by the middle of next week.", [], []),
    ("Thank you to the 40 schools that replied by 30 May.", [], []),
    ("40 schools had replied by 2 June.", [], []),
    ("By 2 June we had heard from 40 schools.", [], []),
    ("The police expect to have finished by 27 June.", [], []),
    ("Jo hopes to be back by 27 June.", [], []),
    ("We hope to publish it by 27 June.", [], []),
    ("The refurbishment will be complete by 27 June.", [], []),
    ("The DfE will respond by 27 June.", [], []),
    ("Reports will be with you by 27 June.", [], []),
]

HAPPENINGS: list[tuple[str, list[str], list[str]]] = [
    ("The post is advertised until 17 June; interviews are on 1 July.", [], ["07-01"]),
    ("The sentencing is put down for 17 June.", [], ["06-17"]),
    ("The panel will meet on 17 June to look at bids.", [], ["06-17"]),
    ("The board meets on 17 June and will then write to you.", [], ["06-17"]),
    ("Term ends on Friday 18 July.", [], ["07-18"]),
    ("Schools go back on Wednesday 3 September.", [], ["09-03"]),
    ("Half term: 27-31 October", [], ["10-27"]),
    ("The office is closed on 17 June.", [], ["06-17"]),
    ("The office shuts at noon on 17 June.", [], ["06-17 12:00"]),
    ("Anti-Bullying Week, 10–14 November", [], ["11-10"]),
    ("Safer Internet Day is on 10 February 2026.", [], ["02-10"]),
    ("Monday 16 June is World Elder Abuse Awareness Day.", [], ["06-16"]),
    ("It is Deaf Awareness Week from 16 to 22 June.", [], ["06-16"]),
    ("The forum will not now be held on 17 June but on 24 June at 2pm.", [], ["06-24 14:00"]),
    ("The forum is not on 17 June, as we said, but on 24 June.", [], ["06-24"]),
    ("The forum has been brought forward from 24 June to 17 June, 2pm.", [], ["06-17 14:00"]),
    ("Forum: 24 June 2pm (please note, not 17 June).", [], ["06-24 14:00"]),
    ("Forum now 24 June instead of 17 June, time unchanged (2pm).", [], ["06-24 14:00"]),
    ("Instead of 17 June we shall meet on 24 June, 2pm.", [], ["06-24 14:00"]),
    ("17 June forum – cancelled; 24 June forum – 2pm as planned", [], ["06-24 14:00"]),
    ("The 17 June forum is full; another has been added on 24 June, 2pm.", [], ["06-17", "06-24 14:00"]),
    ("We have added a date: 24 June, 10am.", [], ["06-24 10:00"]),
    ("The date of the autumn forum is not fixed; it may be 17 September.", [], ["09-17"]),
    ("Either 17 or 18 June, to be confirmed.", [], ["06-17", "06-18"]),
    ("Save the date: 17 September, DSL conference", [], ["09-17"]),
    ("Save the date – DSL conference – 17.09.2025", [], ["09-17"]),
    ("The conference takes place over two days, 17 and 18 September.", [], ["09-17"]),
    ("The conference is on 17 and 18 September.", [], ["09-17"]),
    ("Sessions on 17 and 18 September.", [], ["09-17", "09-18"]),
    ("Drop-ins: 17 and 18 June, 4pm.", [], ["06-17 16:00", "06-18 16:00"]),
    ("Two sessions, 17 and 18 June, 4pm; come to either.", [], ["06-17 16:00", "06-18 16:00"]),
    ("Join us on Teams tomorrow at 4pm.", [], ["06-05 16:00"]),
    ("On Monday at 9 there is a fire drill.", [], ["06-09 09:00"]),
    ("Next Wednesday (11 June) at 2pm: forum", [], ["06-11 14:00"]),
    ("A week today, 2pm, forum in the Guildhall.", [], ["06-11 14:00"]),
    ("Forum tomorrow week, 2pm.", [], ["06-12 14:00"]),
]


@pytest.mark.parametrize(("words", "days_due", "days_on"), [*LIMITS, *NEITHER, *HAPPENINGS])
def test_words_tell_a_limit_from_a_happening_and_from_neither(
    words: str, days_due: list[str], days_on: list[str]
) -> None:
    reading = note(words)
    assert (due(reading), on(reading)) == (days_due, days_on)


def test_an_order_for_today_is_due_today() -> None:
    assert due(note("Swap this list for the May one today and shred that.")) == ["06-04"]
    assert due(note("Use the new form, which is out today.")) == []


def test_a_day_long_ahead_that_has_just_gone_by_is_no_limit() -> None:
    assert due(note("The draft, open for comment until 4 March, has no final date.")) == []


def test_a_longer_time_is_told_by_what_the_old_day_becomes() -> None:
    words = "We have given you longer for the risk assessment. It had been 20 June and becomes 27 June."
    assert due(note(words)) == ["06-27"]
