"""More wordings of who may have a contact: professionals, and anybody but families."""

import pytest

from haven.engines.reading.items import Marking
from tests.reading.marked import PLACES, at_every_place, wordings

FOR_PROFESSIONALS = """
    for practitioners' ears alone
    professionals, not public
    for the use of partner agencies
    for fellow professionals
    between agencies only
    open to professionals but not to parents
    professional callers, please
    only professionals may ring this
    this one's for professionals
    ring only if you are a professional
    practitioner-only
    professional-only
    professionals-only number
    please treat as professional use only
    may be shared with partner agencies but no further
    only to be used by practitioners
    it is meant for professionals
    intended for professionals, not the public
    a professionals' number, not one for families
    Professional use
    prof's only
    for professional eyes only
    not for anyone but professionals
    nobody but professionals should have this
    for nobody except professionals
    professionals and nobody else
    agency staff and professionals only
    for social workers, police and schools, not families
    for professionals' information only
    schools and partners only
    multi-agency use only
    not a helpline: professionals only
    exclusively a professionals' line
    for practitioners, so not for parents
    school and agency staff only, not parents
    professionals have this number and families do not
    kept for professionals
    set aside for professionals
    do not use unless you are a professional
    confined to professionals
    practitioners may use it; the public may not
    not for the public: this is for professionals
    please use for professional queries only
    for professional consultation only
    a closed line for professionals
    only to be given to other agencies
    you may share it with other agencies but not with families
    for agencies' use and not for families
    agencies and schools only
    share with colleagues in health and social care only
    meant for professionals and no one else
    this number works for professionals only
    the line takes calls from professionals only
    takes professionals' calls only
    answers professionals only
    cannot take calls from the public, professionals only
    a line for practitioners rather than families
    for practitioners rather than parents
    for professionals rather than the public
    staffed for professionals only
    professional referrers only
    for referrers only
    to be used between professionals
    to be used by professionals, never by families
    for those who work with children, professionals only
    professionals may have it, parents may not
    ok for professionals, not ok for parents
    fine to share with professionals, not with families
    keep it among professionals
    please keep among practitioners
    not beyond the professional network
    professionals on this number only
"""
NOT_FOR_FAMILIES = """
    not for parents' use
    please don't let parents see it
    parents mustn't be told it
    must not be shown to families
    shouldn't find its way to parents
    please do not print this in letters to families
    not one that families should have
    never for parents
    not to be seen by parents
    keep away from parents
    please keep it from families
    parents aren't to be given it
    parents are not to be told
    no parent should have this
    no families, please
    not parents or carers
    not for mums and dads
    not for family members
    not for onward sharing with families
    please do not offer this to parents and carers
    parents have no business with it
    don't pass to families
    we do not give this one to parents
    it is never given to parents
    it's not given to parents
    not given to parents
    not issued to families
    withheld from parents
    not available to parents
    not open to parents
    parents may not use it
    parents cannot use this number
    parents can't call this
    parents may not ring
    parents ring the other number, never this one
    do not signpost families here
    please do not direct parents to it
    please do not refer parents here
    must never reach a parent
    not for parents or pupils
    not for release to families
    this should not go to parents
    should not go home
    not for home
    never in letters home
    not to be put in letters home
    not to be sent to parents
    not to be mentioned to parents
    Please refrain from giving it to parents
    families should not be given this line
    carers should not be given this
    please see that families do not get it
    not to be quoted in letters to parents
    we would rather families did not have it
    please don't share it with families
    she'd prefer that parents don't ring
    for you but not for parents
    for schools but not for parents
    schools may ring it; parents may not
    school may ring, parents may not
    not for parental use
    not parent facing
    hide from parents
    not to be disclosed to relatives
    not for young people or their families
    parents must use the helpline instead of this
    Parents shouldn't ring this line
    it is not for parents
    not something for parents
    must not get into the hands of parents
    must not fall into parents' hands
    do not hand to parents
    not to go to families
    please don't send parents this number
    it must not go to parents
    we don't want parents ringing this
    parents are asked not to use it
    please ask parents not to ring it
    please tell parents not to use this number
    parents should not ring
    not for families to ring
    not for parents to use
    not intended for parents
    not meant for families
    unsuitable for families
    kindly withhold this from families
    not to be disclosed to families
    may not be given to parents
    can't be given to parents
    cannot be shared with families
    should never be given to parents
    is never to be given out to families
    nobody should pass this to a parent
    no one is to give this to a family
    on no account let parents have it
    parents must not get hold of this
    the family must not have this number
    not for the family
    do not let the family see it
    the parents are not to know it
    mums and dads should not have this
    not for carers
    not for foster carers
    not for children or families
    pupils and parents must not have it
    keep from pupils and parents
    please do not quote to parents
    never quote it to families
    never to parents
    not, please, to parents
    no parents
    this is not a number we give parents
    we ask that families are not given it
    families don't get this one
    families never get this number
    please be careful not to give this to parents
    please take care that parents do not see it
    do not display where parents can see it
    not where parents can see it
"""


@pytest.mark.parametrize("wording", wordings(FOR_PROFESSIONALS))
def test_what_is_for_professionals_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.PROFESSIONAL_ONLY, None]] * len(PLACES)


@pytest.mark.parametrize("wording", wordings(NOT_FOR_FAMILIES))
def test_what_families_may_not_have_is_marked_so(wording: str) -> None:
    assert at_every_place(wording) == [[Marking.NOT_FOR_PARENTS, None]] * len(PLACES)
