"""Handling markings told by the build of their words: each family of wordings in many variants, at every place."""

import pytest

from haven.engines.documents.open import open_document
from haven.engines.reading.items import Marking
from haven.engines.reading.who.contacts import find_contacts

FOR_PROFESSIONALS = """
    profs only, parents get option 3
    between professionals only
    professionals' line: families use the crisis line instead
    professionals’ number
    professionals only pls
    for use by professionals and not by families
    strictly professional use
    professional contact only, not a helpline for parents
    for other agencies only
    agencies only please
    for multi-agency partners only
    for practitioners' use
    restricted to professionals
    reserved for practitioners
    please share with professionals only
    only to be shared with other professionals
    can be shared with professionals but not with families
    this is a line for professionals
    practitioner line, not for public use
    a number for professionals, not for carers
    for professional callers only
    prof. use only
    for your professional use only
    schools and partner agencies only
    for schools, police and health only
    professional-to-professional only
    may be used by professionals only
    only professionals should use this number
    not to go beyond professionals
    given for professional use
    solely for the use of professionals
    exclusively for practitioners
    partner agencies only
    professionals, please, not parents
    for professional purposes only
    not for members of the public: professionals only
    this is not a public number, it is for professionals
    for professionals only, do not display
    social workers and schools only
    health professionals only
    professional enquiries only
    practitioners only; never on the website
    safeguarding professionals only
    professional advice line, not for families
    for colleagues in partner agencies only
    for professionals (not families)
    for DSLs and other professionals only
"""
NOT_FOR_FAMILIES = """
    not to be given to parents or carers
    please don't hand out to parents
    please don't give this to parents
    please do not share with parents or pupils
    parents should not be given this
    parents are not to have this number
    not to be shared with families
    don't pass to mums and dads
    do not let families have this one
    don't let parents have it
    please make sure parents do not get this
    must not reach parents
    must not be passed to parents, carers or young people
    not one for parents
    not one to give to parents
    not for sharing with parents
    not for families
    not for passing to parents
    not for issue to parents
    not suitable for giving to families
    never give this to families
    families must not be told this number
    please keep this from parents
    please withhold from parents
    parents: please use the helpline, not this number
    no parents please
    please do not refer families to this number
    do not put in letters to parents
    please leave it out of letters home
    parents must not ring this number
    families should not ring this number
    not a number for parents
    not to be disclosed to the family
    she has asked that parents are not given her number
    he does not want parents to have it
    on no account to be given to parents
    under no circumstances give to families
    please do not give this out to parents
    please avoid giving this to parents
    not parents
    do not offer to families
    parents do not have this number and should not
    not to be quoted to parents
    nobody should give this to parents
    not for release to parents
    please ensure it is not passed on to parents
    pls dont give 2 parents
    dont give out to parents
    not for parent use
    not to be used by parents
    parents must not see this
    it isn't for parents
    don't send home
    not for carers or birth parents
"""
WITHIN_SCHOOL = """
    staff only
    school staff only
    school and college staff only
    for school use only
    schools only
    for schools' own use
    for school use
    for staff use only
    for DSLs only
    DSLs only
    DSLs and heads only
    for heads only
    heads' use only
    for headteachers' eyes only
    for your eyes only
    for internal use
    internal use only, please don't pass on
    internal
    internal only
    internal number
    please don't hand out
    please don't hand it out
    please do not hand these out
    please don't give this number out
    please do not give out
    not to be given out
    not for giving out
    please do not pass on
    do not pass this on
    please don't pass it on
    please do not share
    do not share
    please do not share this number
    please don't share it further
    please do not share more widely
    not for sharing
    not to be shared
    not for wider sharing
    not for onward sharing
    please do not circulate
    kindly do not circulate
    please do not forward
    please do not publish
    not for publication
    do not publish this number
    don't publish
    please don't put this on your website
    not for the website
    not for websites
    not for your website or newsletter
    please keep off the website
    please keep it off your website
    not to appear on the website
    not for display
    please do not display
    keep off noticeboards
    please keep within school
    please keep within the school
    please keep this within school
    keep in school
    to be kept within school
    please keep this in house
    please keep to yourselves
    please keep this to yourself
    please keep this address to yourselves
    keep it to yourselves
    for you and your deputy only
    for you only
    for your use only
    for your own use
    just for you
    just for schools
    just for DSLs
    only for DSLs
    only for schools
    strictly for schools
    confidential
    in confidence
    given in confidence
    shared in confidence
    given in confidence to heads and DSLs
    please treat as confidential
    treat in confidence
    please treat it as confidential
    private number
    this is a private number
    personal number, please keep it private
    personal mobile, not to be passed on
    my own mobile so please don't pass it on
    ex-directory
    unlisted
    restricted
    not public
    not a public number
    not for general release
    not for general use
    not for public release
    not to be made public
    not for onward transmission
    no further than the school
    not to go any further
    not beyond the DSL team
    not to be passed outside school
    should not leave the building
    must not leave the school
    must stay in school
    for office use only
    for the DSL and deputies only
    for designated leads only
    for members of the group only
    members only
    governors only
    trust staff only
    college staff only
    council staff only
    headteachers only
    head teachers and chairs only
    wardens and duty managers only
    held by managers only, please don't hand out
    for the use of clergy and head teachers
    for the use of heads and DSLs
    for the use of schools only
    for use by schools only
    for use by school staff
    for use in school only
    for senior leaders only
    for SLT only
    SLT only
    for leaders' use
    not to be displayed
    please keep confidential
    don't pass it on
    pls dont pass on
    do not distribute
    not for distribution
    not for circulation
    not for onward circulation
    not to be circulated
    please keep this under your hat
    do not advertise
    not advertised
    please do not publicise
    do not post online
    not for social media
    please do not quote
    settings only
    this number is for settings only
    it is for schools, not for the public
    not for general circulation
    restricted to schools
    restricted circulation
    limited to heads
    reserved for heads
    for schools' use
    for schools to use only
    schools have this number in confidence
    only schools have this number
    only heads should have this
    this number is for DSLs
    this number is for schools
    this line is for schools only
    the number is for staff
    please only share with your deputy
    please share only with your deputy
    to be shared with deputies only
    not to be shared beyond your safeguarding team
    share only within your team
    not to go on the school website
    never to be printed
    not to be printed anywhere
"""
PLACES = [
    "Ann Archer, adviser: 01632 960102 ({})\n\nFront door: 01632 960100\n",
    "- Ann Archer, adviser, 01632 960102 – {}\n- Front door: 01632 960100\n",
    "Ann Archer, adviser, is on 01632 960102. {}.\n\nFront door: 01632 960100\n",
    "{}: Ann Archer, 01632 960102\n\nFront door: 01632 960100\n",
]


def marks(text: str) -> list[Marking | None]:
    return [c.marking for c in find_contacts(open_document("note.txt", text.encode()))]


def wordings(listed: str) -> list[str]:
    return [line.strip() for line in listed.strip().splitlines()]


def at_every_place(wording: str) -> list[list[Marking | None]]:
    capital = wording[0].upper() + wording[1:]
    return [marks(place.format(wording if at < 2 else capital)) for at, place in enumerate(PLACES)]


@pytest.mark.parametrize("wording", wordings(FOR_PROFESSIONALS))
def test_what_is_for_professionals_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.PROFESSIONAL_ONLY, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(NOT_FOR_FAMILIES))
def test_what_families_may_not_have_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.NOT_FOR_PARENTS, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(WITHIN_SCHOOL))
def test_what_stays_within_school_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.INTERNAL, None]] * len(PLACES)
