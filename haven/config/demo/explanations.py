"""What schools write beside their answers, by the section that is asked about: what is done, half done and lacking."""

from collections.abc import Mapping
from dataclasses import dataclass

from haven.questions.rules.kinds import Stands


@dataclass(frozen=True, slots=True)
class Words:
    """Explanations for one section, by what the answer is worth."""

    in_place: tuple[str, ...]
    partly: tuple[str, ...]
    not_in_place: tuple[str, ...]

    def of(self, stands: Stands) -> tuple[str, ...]:
        """Those for an answer of this worth."""
        by_worth = {
            Stands.IN_PLACE: self.in_place,
            Stands.PARTLY: self.partly,
            Stands.NOT_IN_PLACE: self.not_in_place,
        }
        return by_worth[stands]


ANYWHERE = Words(
    ("", "", "", "Checked by the governors in the autumn term.", "Looked at again every half term."),
    (
        "It is written down, but we have not yet looked whether it is done.",
        "We do this, but not always in time.",
        "We have begun, and finish by the end of the spring term.",
    ),
    (
        "We had not known that this is expected. The leadership team takes it up this month.",
        "The colleague who looked after this has left. Her successor starts after the holidays.",
        "There is no written procedure yet. We use the council’s until ours is agreed.",
    ),
)
LEADERSHIP = Words(
    ("", "", "", "In the minutes of the full meeting.", "The safeguarding governor visits once a term and reports."),
    (
        "Governors see the figures every term. They have not yet asked to see a sample behind them.",
        "The new governors have not had their training yet. It is booked.",
        "The report was given in writing, and there was no time to talk it over.",
    ),
    (
        "The post of safeguarding governor is vacant. The chair asks at the next meeting.",
        "The annual report was put off twice. It stands first on the next agenda.",
    ),
)
LEAD = Words(
    ("", "", "", "The rota is on the staff room wall and in the handbook.", "Supervision is once every half term."),
    (
        "The deputy holds the post and is trained. Her time for it is not protected yet.",
        "Cover is agreed for term time, and not yet for trips in the holidays.",
        "The formal training is a month over its two years. A place is booked.",
    ),
    (
        "The second deputy has left, and nobody has been named.",
        "No hours are set aside for the lead. The head looks at the timetable for January.",
    ),
)
POLICIES = Words(
    ("", "", "", "Agreed by the governors in September and on the website.", "Changed after this year’s guidance."),
    (
        "The policy says so. Governors have not yet seen the new edition.",
        "Parents were told by letter. It is not on the website yet.",
        "Changed for this year’s guidance in all but the annex.",
    ),
    (
        "The policy is last year’s. The new one goes to governors next month.",
        "We have not compared our policy with the new guidance yet.",
    ),
)
STAFF = Words(
    ("", "", "", "Every name on the staff list has a date.", "Part of induction for everybody who starts here."),
    (
        "Most staff have done this. The six who were away do it in the new term.",
        "In place for teachers; midday supervisors and volunteers come next.",
        "Asked in a quiz, four in five knew it. We go through the rest at the next meeting.",
    ),
    (
        "Training was booked and fell through. A new date is set.",
        "Volunteers have had no briefing. The office sends the short guide this week.",
    ),
)
RECRUITMENT = Words(
    ("", "", "", "On the checklist in every personnel file.", "The panel’s certificates are in the office."),
    (
        "One member of each panel is trained. The other governors do the course in spring.",
        "Done for teachers; for agency and contract staff we rely on the agency’s letter.",
        "References come before interview for most posts, and for some they came after.",
    ),
    (
        "We have not told candidates about online searches. The advertisement is changed now.",
        "Nobody on the panel has been trained since the last head left.",
    ),
)
RECORD = Words(
    ("", "", "", "Sampled by the safeguarding governor on her visit.", "Checked on the first Monday of every month."),
    (
        "The record is complete for staff, and has gaps for regular visitors.",
        "All checks are there. For three names the date is missing.",
    ),
    ("Nobody from outside the office has looked at it this year. The head samples it in January.",),
)
ALLEGATIONS = Words(
    ("", "", "", "The number is on every staff lanyard.", "The head and the lead look at the log together each term."),
    (
        "Staff know whom to tell. Supply staff are told only if they ask.",
        "Low-level concerns are written down, and not yet looked through for patterns.",
    ),
    ("There is no log of low-level concerns. The code of conduct is changed at the next meeting.",),
)
ONLINE = Words(
    ("", "", "", "Test searches are done each half term and kept.", "The supplier’s report goes to the lead weekly."),
    (
        "Filtering is checked. Devices that go home are not covered yet.",
        "Alerts go to the technician. From January they go to the lead as well.",
        "The yearly review was done by the supplier alone.",
    ),
    (
        "The supplier has promised a report, which we have not had.",
        "We have nothing on generative AI yet. A group of staff is writing it.",
    ),
)
AGENCIES = Words(
    ("", "", "", "The thresholds are in every classroom folder.", "We went to every conference that we were asked to."),
    (
        "Referrals are made at once. Chasing the answer is left to whoever made them.",
        "We escalated once this year, and staff say they would not know how.",
    ),
    ("No one but the lead knows how to escalate. It is on the agenda of the next staff meeting.",),
)
RECORDS = Words(
    ("", "", "", "The lead reads every entry within the day.", "A receipt is kept for every file that was sent on."),
    (
        "Files go on in time. For two leavers there is no receipt.",
        "Entries say what happened, and not always what was decided and why.",
        "Paper files of older pupils are still being moved into the system.",
    ),
    ("Files of pupils who joined in the year were not asked for. The office has a list now.",),
)
CHILDREN = Words(
    ("", "", "", "Pupils on the council say they know how.", "Asked in the pupil survey in October."),
    (
        "Older pupils know this well. We are working on the younger year groups.",
        "Reports are taken seriously. We do not yet look whether they come from the same places.",
    ),
    ("Pupils told us that they would not report it. The assembly and a worry box are the first step.",),
)
ATTENDANCE = Words(
    ("", "", "", "First-day calls by half past nine.", "The attendance officer and the lead meet every Friday."),
    (
        "First-day calls are made. Home visits after three days are not always possible.",
        "For pupils at another provider we get attendance weekly, and should get it daily.",
    ),
    ("We hold one emergency number only for forty pupils. The office writes to their families.",),
)
NEEDS = Words(
    ("", "", "", "The SENCO and the lead share an office.", "Plans for each pupil are looked at every half term."),
    (
        "Teachers know the pupils. Agency staff are not always told.",
        "We have symbols for pupils who do not speak, in two of five classes.",
    ),
    ("The designated teacher’s training has lapsed. She is on the January course.",),
)
WIDER = Words(
    ("", "", "", "In the training of September, with local cases.", "Two key adults, and cover in the holidays."),
    (
        "The lead is trained. Other staff have had the short film only.",
        "One key adult is briefed, and the second is booked.",
    ),
    ("The risk assessment for radicalisation is from before the pandemic. It is written anew this term.",),
)
TEACHING = Words(
    ("", "", "", "In the plan for every year group.", "Speakers’ material is looked at beforehand."),
    (
        "Taught in all years. For pupils with special needs it is not adapted yet.",
        "Pupils feel heard by their teachers. They do not hear what became of it.",
    ),
    ("We do not look at speakers’ material beforehand. The form is on the website from next week.",),
)
PREMISES = Words(
    ("", "", "", "The office signs everybody in, and lanyards tell who is who.", "In every letting agreement."),
    ("Agreements with clubs say so. We have not seen their own policies.",),
    ("The football club has no agreement. It gets one before Easter.",),
)

BY_SECTION: Mapping[str, Words] = {
    "leadership": LEADERSHIP,
    "safeguarding-lead": LEAD,
    "policies": POLICIES,
    "staff": STAFF,
    "recruitment": RECRUITMENT,
    "central-record": RECORD,
    "allegations": ALLEGATIONS,
    "online-safety": ONLINE,
    "agencies": AGENCIES,
    "records": RECORDS,
    "child-on-child": CHILDREN,
    "attendance": ATTENDANCE,
    "needs": NEEDS,
    "wider-harm": WIDER,
    "teaching": TEACHING,
    "culture": TEACHING,
    "premises": PREMISES,
}


def explanations(section: str, stands: Stands) -> tuple[str, ...]:
    """What may be written beside an answer of this worth in a section."""
    return BY_SECTION.get(section, ANYWHERE).of(stands)
