"""More wordings that keep a contact within school, and words beside a contact that keep it from nobody."""

import pytest

from haven.engines.reading.items import Marking
from tests.reading.marked import PLACES, at_every_place, wordings

WITHIN_SCHOOL = """
    for DSLs' use
    heads' eyes only
    for you and nobody else
    leads only
    DSL use
    for the use of DSLs
    for school offices only
    known only to schools
    not for publishing
    please don't publish it
    not for print
    not to be printed
    must not be printed
    not to be put on the web
    keep off the web
    not for the web
    kindly keep it to yourselves
    keep this one to yourselves
    please keep it in school
    don't let it out of school
    please don't let it leave the office
    this is not public
    it isn't public
    do not make it public
    not in the public domain
    please don't broadcast it
    please don't spread it about
    don't pass this around
    don't bandy it about
    don't give it out
    never give it out
    please do not give this to anyone
    do not give to anybody else
    don't tell anyone
    don't tell anyone else
    to nobody else please
    nobody else should have it
    no one outside school should have this
    for nobody outside the school
    not for outsiders
    not for those outside school
    not outside school
    not outside the team
    within the trust only
    inside the trust only
    trust only
    trust use only
    in-school use
    in house only
    for in-house use
    between schools only
    between us
    strictly internal
    strictly private
    private
    private, please
    private mobile: do not share
    private mobile
    please use sparingly and don't share
    please use with discretion and do not pass on
    please be discreet with it
    not to be handed round
    not to be handed over
    please don't copy it to anyone
    not for copying
    not for onward use
    not for forwarding
    not for distribution beyond schools
    not for circulation outside the council
    don't circulate outside your school
    share within school only
    share in school but not outside
    share with your deputies only
    share with staff, not beyond
    for school leaders
    for school leaders only
    leaders only
    senior staff only
    senior staff use
    for heads and chairs alone
    for the eyes of heads
    headteacher use only
    for head teachers and no others
    for head teachers, nobody else
    for DSLs alone
    chair and head only
    office staff only
    for those on this list only
    for recipients of this note only
    for your own information only
    FYI only, not to be passed on
    for information only, not to be shared
    not for sharing outside
    not to be shared outside school
    not to be shared beyond your school
    not to be shared with anyone outside school
    not to leave school
    should stay in the office
    should stay with you
    must stay within the group
    to stay inside the school
    stays in school
    goes no further
    let it go no further
    please let this go no further
    hush-hush
    please treat with care: not for sharing
    Sensitive: do not share
    official-sensitive
    restricted use
    restricted access
    limited circulation
    not widely known, please keep it so
    not to be advertised
    we don't advertise it
    not advertised to the public
    we don't give this number out
    we do not publish this number
    unpublished
    not listed
    not in the directory
    please keep it confidential
    confidential to this group
    confidential: schools
    in strict confidence
    between these four walls
    internal extension
    internal line
    for colleagues only
    colleagues only
    for council colleagues only
    employees only
    for our staff
    for our own staff
    schools only, not for parents
    staff only, please do not give to parents
    education staff only
    school-only
    staff-only
    schools-only line
    for clerks' use
    clerks only
    governors' use only
    cluster use only
    for cluster schools only
    network members only
    for the group's use only
    partnership schools only
    for maintained schools only
    for use in emergencies by heads only
    heads may ring; nobody else
    only for use by the DSL
    only the DSL should ring this
    only the head and DSL may use this
    only DSLs should use it
    only heads know this number
    headteachers alone have this number
    please do not put on posters
    keep it off posters
    no posters or websites please
    please don't put it in your newsletter
    not in newsletters
    not for newsletters
    not to go in newsletters
    not to go on display
    don't display
    do not list this publicly
    don't share it publicly
    not to be shared publicly
    do not post it anywhere
    please do not save it to shared phones
    please do not quote it outside school
    must not leave the staffroom
    not to be taken out of school
    not beyond these walls
    for the safeguarding team only
    for your safeguarding team only
    safeguarding teams only
    DSL team only
    for DSL teams
    lead DSLs only
    for use within school
    for use within the trust
    within school only
    in school only
    school use
    school use only please
    for the school office only
    office use only
    for the head's use
    for the head only
    head only
    heads please, nobody else
    for safeguarding staff only
    for pastoral staff only
    for senior leaders
    SLT and DSLs only
    DSLs, deputies and heads only
    for designated staff only
    designated staff only
    for designated safeguarding leads' use
    just for the DSL
    for you alone
    for your ears only
    you and your deputy only
    not to be shared more widely
    not to be shared any wider
    not to go wider than this group
    no wider than the DSL team
    not for wider use
    not for wider distribution
    please do not forward it
    please do not forward outside school
    do not copy it to others
    please don't give it to others
    do not pass to third parties
    not to third parties
    please don't let others have it
    please don't publicise it
    please do not put it online
    not to be put online
    not online please
    please don't post it on social media
    don't put it in the newsletter
    never in a newsletter
    not on your website please
    off your websites please
    please keep off websites
    keep this one off the web
    not on any website
    leave it off the website
    please leave off your website
    please take it off your website
    please leave this out of newsletters
    must not appear online
    should not appear in print
    not to appear in the newsletter
    we would rather this were not published
    we would rather you did not pass this on
    I would rather you did not give this out
    I'd rather this wasn't shared
    please treat this as private
    this is private
    treat as private
    a private line
    private line
    confidential number
    it is confidential
    please respect that this is confidential
    please keep this one confidential
    not public knowledge
    not a published number
    not widely publicised
    known to heads only
    only known to heads
    given to heads only
    issued to DSLs only
    shared with DSLs only
    shared with heads in confidence
    you have this in confidence
    for members only
    for committee members only
    trustees only
    for trustees' use
    governors and heads only
    employees of the trust only
    council officers only
    for council officers only
    not outside the council
    not to leave the building
    not to leave this room
    stays in the room
    please keep it in the office
    keep it in the school office
    please store securely and do not share
    eyes only
    staffroom only
    staff room only please
    back office only
    internal calls only
    in-house
    not to be made available to anyone outside
    not available outside school
    outsiders should not have it
    nobody outside school should have it
    no one but the head should have it
    none but heads should use it
    reserved for the use of DSLs
    reserved for senior staff
    restricted to senior staff
    restricted to the safeguarding team
    limited to DSLs
    limited distribution
    confined to school staff
"""
FOR_ALL_OR_OF_SOMETHING_ELSE = """
    mornings only
    term time only
    by appointment only
    Tuesdays and Thursdays only
    for emergencies only
    out of hours only
    text only
    e-mail only please
    voicemail only
    not Fridays
    not after five
    messages only
    urgent calls only
    for bookings only
    for everyone
    open to all
    may be shared
    parents and professionals alike
    fine for anybody
    happy for parents to have it
    may go in newsletters
    please give this to parents
    do give this to parents
    give it to families by all means
    you can put this on your website
    for young people and parents
    parents welcome
    public line
    public number
    any parent can use it
    shareable
    no restriction
    not confidential
    not restricted
    not just for professionals
    not only for professionals
    please publicise
    please circulate
    please share widely
    share freely
    do pass it on
    please pass this on to parents
    this can be given out
    for parents as well as schools
    for schools and parents
    for pupils
    leave a message
    ring any time
    staffed until 6pm
    staffed by volunteers
    part-time, no cover on Mondays
    never leave names on the machine
    please do not text
    do not e-mail pupil names
    please don't send papers by post
    works with parents and professionals
    talks to families in confidence
    calls are confidential
    free and confidential
    leads on work with families
    private fostering
    internal audit
    internal exclusions
    independent schools
    professional development
    family support
    parent support adviser
    school staff training
    covers schools in the north only
    secondary schools
    for secondary schools
    for primary heads, term time
    for early years
    confidential waste
    limited hours
    limited to 30 places
    reserved seating
    restricted hours
    restricted interventions
    for bookings
    ring before nine
    not for bookings
    not staffed at weekends
    not yet working
    not a text line
    please do not leave messages
    please don't ring at lunchtime
    do not e-mail personal data
    please do not send referrals here
    not for referrals
    not for new referrals
    for referrals
    for queries about training only
    training queries only
    for technical problems only
    invoices only
    returns only
    for returns only
    online only
    first aid only
    daytime only
    weekdays only
    term-time only
    north of the county only
    under 5s only
    for under 18s
    ask for the duty officer
    ask for the school team
    part time
    shared with the LADO
    shared line
    shared desk
    a shared mailbox
    private hire
    she is a parent governor
    parent governor
    parent carer forum
    works for parents and carers
    there for families
    please give this out
    feel free to pass it on
    do pass it to parents
    parents can have this too
    families can ring too
    can be printed
    may be printed in newsletters
    please print this
    display it in reception
    put it on the website
    public helpline
    for children and young people
    no appointment needed
    no login needed
    never engaged
    not just for schools
    not only for schools
    for all schools
    for any school
    for schools in the north
    for heads new to the county
    advice for staff
    staff training
    staff wellbeing
    professional supervision
    professional standards
    named professional for safeguarding
    lead professional
    allied health professionals
    internal review officer
    restricted interventions lead
    confidential counselling
    confidential helpline
"""


@pytest.mark.parametrize("wording", wordings(WITHIN_SCHOOL))
def test_what_stays_within_school_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.INTERNAL, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(FOR_ALL_OR_OF_SOMETHING_ELSE))
def test_what_is_for_all_or_says_something_else_marks_nobody(wording: str) -> None:
    assert at_every_place(wording) == [[None, None]] * len(PLACES)
