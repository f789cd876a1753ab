"""Wordings of who may have a contact that go round about: by who rings, who asks, where a thing may lie or be seen."""

import pytest

from haven.engines.reading.items import Marking
from tests.reading.marked import PLACES, at_every_place, wordings

FOR_PROFESSIONALS = """
    for the attention of professionals only
    this is the route for professionals; families come through the front door
    for agencies' use, not the public's
    calls from professionals only
    the team takes calls from practitioners only
    reserved for calls between agencies
    professionals' consultation line
    practitioner advice line
    for people who work with children, not for families
    only for people who work with children
    for those working with children only
    for anyone who works with children but not for parents
    for use between agencies
    inter-agency use only
    may be shared with other professionals, not with the family
    share with fellow professionals as you need but not with families
    please limit to professionals
    keep this to professionals
    please keep this number for professionals
    please restrict to professionals
    strictly professionals
    professional use, please
    NOT FOR PUBLIC USE - PROFESSIONALS ONLY
    professionals-only line
    professionals only, do not share with parents
    not a line for families: it is there for professionals
    this line is not for parents, it is for practitioners
    this is for practitioners and must not reach the public
    practitioners, not parents
    practitioners only, families have 101
    Pros only
    prof only
    Prof use
    prof. only
    (prof)
    for profs
    professionals and no-one else
    for professionals and nobody else
    to professionals only
    for the children's workforce only
    for the use of those who work with children, never for families
    for safeguarding partners only
    for statutory partners only
    statutory agencies only
    not to be shared with non-professionals
    no non-professionals
    for professional referrals only
    open to practitioners only
    is open only to professionals
    available to professionals only
    only available to professionals
    available only to professionals and not to parents
    accessible to professionals only
    designed for professionals only
    aimed at professionals, not parents
    dedicated line for professionals
    a dedicated professionals' number
    the number is a professionals' one and is not for parents
    it is a professional line and should not be handed to families
    given to you as professionals and not for parents
    given to you as a professional, not for families
    only professionals are to have this number
    no one other than professionals should ring this
"""
NOT_FOR_FAMILIES = """
    must not find its way to a parent
    not a number to give out to families
    not a number that parents should have
    not something we give to parents
    we don't give this to parents
    we never give parents this one
    parents do not get this
    parents don't have it
    this one doesn't go to parents
    parents should not be pointed to it
    do not point families towards it
    not to be used for parents
    no access for parents
    not accessible to parents
    keep out of letters to parents
    please keep this out of anything that goes home
    not to be included in letters home
    not to go on letters to parents
    not to be printed on anything for parents
    not to reach parents
    It is not to reach parents, carers or pupils in any form
    must under no circumstances reach families
    not to be passed on to the family
    not to be communicated to parents
    should be kept from parents
    to be kept from families
    please shield it from parents
    please guard it from parents
    out of bounds to parents
    off limits to parents
    off-limits for families
    closed to parents
    barred to parents
    not one for the parents
    no good for parents
    we ask you not to give this to parents
    we ask schools not to pass this to families
    please resist giving it to parents
    please refrain from passing it to parents
    if parents ask, give them the main number and not this
    parents who ask should be given the helpline, not this
    please do not give to parents even if they ask
    even if asked, do not give to parents
    parents are never to be given this
    parents are not given this number
    families are not to be told of it
    families won't be given this
    parents cannot have this
    parents can't have it
    parents may not have it
    parents need not know it
    parents needn't know this number
    no parent or carer should be given it
    neither parents nor carers should have it
    not to parents, please
    not meant for parents' eyes
    not for the eyes of parents
    not for parents to see
    not to be shown to parents
    please do not read it out to parents
    never read out to parents
    please don't text this to parents
    never to be e-mailed to parents
    please do not forward to parents
    please don't copy parents in
    not to be left where parents can see
    not on view to parents
    not to be put up where families can see it
    keep out of sight of parents
    not for birth family
    not for the birth parents
    not for the father
    not for either parent
    not for relatives
    not for next of kin
    not for service users
    not for clients
    not for the households concerned
    not for home use
    not for home circulation
    not for sending home
    not for the parents' newsletter
    not in the parents' newsletter
    not on the parents' noticeboard
    never in a text to parents
    parents to go through the office, not this number
"""
WITHIN_SCHOOL = """
    for school eyes only
    for the staff handbook only
    for your records only
    for your files only
    just between schools
    just between ourselves
    for the leadership team only
    leadership team only
    for the safeguarding team's use
    for trained staff only
    for named staff only
    for authorised staff only
    for subscribing schools only
    buy-back schools only
    traded schools only
    for cluster heads only
    for cluster DSLs
    cluster only
    for members' eyes only
    for circulation within school only
    for distribution to schools only
    issued to schools only
    issued to heads in confidence
    shared with you in confidence
    told to you in confidence
    please hold in confidence
    held in confidence
    confidential to the DSL network
    confidential between us
    confidential, for schools
    private to schools
    private to the cluster
    private: not for publication
    private number, please don't share
    her private number
    my private mobile
    personal number: not to be passed on
    it's her own phone so don't pass it on
    this is his own mobile, so not for sharing
    please treat it with care and don't pass it on
    please use it wisely and pass it to nobody
    pass it to nobody
    pass it to no one
    share it with no one
    give it to nobody
    give it to no one else
    tell nobody
    tell no one
    don't tell a soul
    please don't let it get about
    please don't let it go any further
    please don't let this get out
    please see that it goes no further
    it should go no further than you
    this goes no further
    it stays with you
    stays within the team
    stays in house
    must not go outside the school
    should not go outside school
    should not be seen outside school
    not to be seen outside the school
    not to be used outside school
    not to be known outside school
    not known outside the school
    not available outside the school
    not to be given outside the school
    not to be passed beyond the office
    not to be passed out of school
    not to be passed to anyone outside
    not to be passed to anyone else
    not to be passed to outside bodies
    not to be passed to outside agencies
    not to be shared with outside agencies
    not to leave your office
    do not leave it where others can see it
    not to be written on noticeboards
    not to be left on noticeboards
    not to be pinned up
    don't pin it up
    do not put it up in reception
    not to be put in the prospectus
    not in the prospectus
    not to be published in any form
    not to be published in any way
    not to be published or shared
    not to be copied
    not to be copied or shared
    please don't photocopy
    not to be put in e-mails
    please do not put in your e-mail signature
    do not tweet
    not for Facebook
    please don't put on Facebook
    keep it off Facebook
    keep it off social media
    keep off the internet
    not for any public list
    not for the public directory
    not in the public directory
    not in any directory
    not listed publicly
    unlisted number
    not publicly available
    not in public use
    not for the public
    not for public consumption
    not for the press
    not for journalists
    not for the media
    no publicity please
    please don't give it publicity
    no onward sharing
    no sharing
    no forwarding
    no onward circulation
    no publication
    no further circulation
    no wider circulation
    no wider than heads
    no wider than your own team
    please do not widen the circulation
    circulation limited to heads
    circulation restricted to DSLs
    circulation: heads only
    distribution: DSLs only
    audience: staff
    access: DSLs only
    use: internal
    status: internal
    handling: internal use only
    for internal purposes only
    for internal circulation
    for internal circulation only
    internal to the trust
    internal to the council
    internal to schools
    INTERNAL - DO NOT SHARE
    OFFICIAL-SENSITIVE: schools only
    staff eyes only
    for staffroom noticeboards only
    for the staffroom wall only
    for the staff room only
    not outside the staff room
    staff only number
    schools-only number
    school line, not public
    school line: please don't publish
    a number for schools only
    a line for schools only
    this is the number for schools only
    the number we keep for schools
    a number that we keep for heads
    kept for schools
    kept for heads only
    kept back for heads
    set aside for schools
    reserved to heads
    one for heads only
    for senior leaders' use only
    only for use by heads
    only for use in school
    only for use within the trust
    only to be used by heads
    only to be used in school
    to be used by heads only
    to be used in school only
    for heads to use
    for DSLs to use, no one else
    for heads and their deputies, no one else
    heads and deputies, please, and no wider
    for you, not for sharing
    for you and not for others
    for you to use, not to share
    yours to use but not to share
    for you personally and not to be passed on
    meant for you alone
    meant only for heads
    intended for heads only
    intended for DSLs
    intended only for school staff
    aimed at schools only
    only meant for staff
"""
MARKS_NOBODY = """
    ring between nine and five only
    only answered on weekdays
    only for under-fives
    for primary schools
    primary schools only
    secondary schools only
    for schools in the east
    early years settings only
    for maintained schools
    special schools: press 2
    infant schools only
    juniors only
    messages are passed on
    messages will be passed to the team
    calls are recorded
    calls are shared among the team
    in the staff room at break
    in the school office
    at the school office
    works from the council offices
    sits with the internal review team
    professional lead for nursing
    strictly no referrals
    strictly by appointment
    not answered at weekends
    not monitored out of hours
    not checked daily
    not for reporting absence
    not to be used for urgent concerns
    not to be used for referrals
    please do not use for referrals
    do not use for urgent concerns
    not an emergency number
    do not use in an emergency
    please don't send documents here
    please don't leave messages about children
    please do not leave pupils' names
    never put a child's name in the subject line
    keep your message short
    keep trying if engaged
    keep for reference
    please keep this number handy
    keep it by the phone
    please keep by your phone
    keep this number safe
    please add to your contacts
    please put it in your phones
    please display in the staff room
    please share with your deputy
    please share with your staff
    please share with colleagues
    please pass on to your staff
    please tell parents
    parents know it
    parents use it too
    parents like it
    parents often ring it
    known to parents
    on our website
    on the website
    also on the website
    see website
    the public may ring
    anyone can ring it
    free to all
    free from mobiles
    free to call
    no charge
    for advice only
    for advice
    for consultation
    for consultations only
    new referrals only
    new cases only
    for Year 6 only
    juniors and infants
    staff vacancy line
    school meals
    school admissions
    school governance
    school transport only
    staff absence line
    staff absence only
    staff counselling
    governor services
    head of service
    headteacher adviser
    parent partnership
    parent mental health
    parents' evenings
    for parents
    for parents and schools
    parents and schools
    for families and schools
    for schools, parents and the public
    for schools and families alike
    not just parents
    not only parents
    not just schools
    families only
    parents only
    for parents only
    pupils only
    for pupils only
    children and young people only
"""


@pytest.mark.parametrize("wording", wordings(FOR_PROFESSIONALS))
def test_what_only_professionals_may_have_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.PROFESSIONAL_ONLY, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(NOT_FOR_FAMILIES))
def test_what_must_not_reach_families_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.NOT_FOR_PARENTS, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(WITHIN_SCHOOL))
def test_what_must_go_no_further_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.INTERNAL, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(MARKS_NOBODY))
def test_what_keeps_a_contact_from_nobody_marks_nobody(wording: str) -> None:
    assert at_every_place(wording) == [[None, None]] * len(PLACES)
