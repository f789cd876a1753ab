"""The ledger's verbs, roles and identifiers in the words of people."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any

from haven.access.roles import LABELS, Role
from haven.engines.days.moments import day_in_words

IDENTIFIER = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
SHORT = 8  # characters of an identifier: enough to tell two apart on a page

VERBS: Mapping[str, str] = {
    "account.address_changed": "changed her e-mail address",
    "account.expired_forgotten": "cleared sessions and counts that had run out",
    "account.factor_added": "added a second factor",
    "account.factor_removed": "took a second factor away",
    "account.factors_reset": "took off the second factors of somebody who had lost them",
    "account.password_changed": "changed her password",
    "account.password_reset": "reset a password by code",
    "account.recovery_codes_made": "made new recovery codes",
    "account.sessions_ended": "signed out everywhere",
    "account.signed_in": "signed in",
    "account.signed_out": "signed out",
    "account.single_sign_on_linked": "linked a single sign-on",
    "account.single_sign_on_unlinked": "took a single sign-on off",
    "action.amended": "changed what is asked",
    "action.came_round": "asked a recurring action again",
    "action.closed": "marked an action as done",
    "action.handed_on": "handed an action to a colleague",
    "action.raised": "asked for an action",
    "action.reminded": "reminded those who had not acted",
    "action.reopened": "took an answer back",
    "action.replaced": "asked for another action instead",
    "action.returned": "sent an answer back",
    "action.seen": "marked new actions as seen",
    "action.set": "set an action for her own organisation",
    "action.set_aside": "said that an action does not apply",
    "action.withdrawn": "withdrew an action",
    "agency.added": "added an agency",
    "agency.served": "brought a known agency into an area",
    "area.added": "added an area",
    "audits.recounted": "counted anew what was sent",
    "bulletin.amended": "changed a bulletin",
    "bulletin.discarded": "discarded a draft",
    "bulletin.given_words": "gave the words of a note that could not be read",
    "bulletin.item_accepted": "accepted an item of a note",
    "bulletin.item_added": "added an item to a note",
    "bulletin.item_amended": "changed an item of a bulletin",
    "bulletin.item_dismissed": "dismissed an item of a note",
    "bulletin.item_edited": "edited an item of a note",
    "bulletin.item_kind_set": "said what kind an item of a note is",
    "bulletin.item_reconsidered": "took a decision on an item back",
    "bulletin.item_split": "split an item of a note",
    "bulletin.item_withdrawn": "took an item out of a bulletin",
    "bulletin.items_joined": "joined items of a note",
    "bulletin.note_added": "added a note",
    "bulletin.published": "published a bulletin",
    "bulletin.set_up": "said whom a bulletin is for",
    "bulletin.sure_items_accepted": "accepted every item that the reader was sure of",
    "bulletin.withdrawn": "withdrew a bulletin",
    "bulletins.announced": "told people of new bulletins",
    "bulletins.swept": "put drafts aside that nobody had touched for long",
    "calendar_key.made": "made a private calendar address",
    "calendar_key.revoked": "ended a private calendar address",
    "changes.change_acted_upon": "asked schools for what a change in guidance means",
    "changes.change_judged": "said what a change in guidance means",
    "changes.change_judged_anew": "changed her mind about a change in guidance",
    "changes.clause_acted_upon": "asked schools for what a clause means",
    "changes.comparisons_discarded": "forgot comparisons of files that were taken away",
    "digest.amended": "published anew what changed in guidance",
    "digest.changed": "went on writing what changed in guidance",
    "digest.drafted": "began to write what changed in guidance",
    "digest.published": "published what changed in guidance",
    "digest.withdrawn": "withdrew a page on what changed in guidance",
    "digests.announced": "told people what changed in guidance",
    "changes.editions_compared": "compared two editions",
    "changes.files_kept": "kept two files that were compared as editions",
    "cluster.joined": "put a school into a cluster",
    "cluster.left": "took a school out of a cluster",
    "cluster.made": "made a cluster",
    "consultation.amended": "changed whom a consultation asks",
    "consultation.answer_left_out": "left a question of a consultation out",
    "consultation.answer_written": "wrote the area’s answer to a question of a consultation",
    "consultation.closing_moved": "moved the day until which views on a consultation are taken",
    "consultation.contributed": "gave an organisation’s view on a consultation",
    "consultation.discarded": "gave up preparing a response to a consultation",
    "consultation.invited": "asked for views on a consultation",
    "consultation.prepared": "began to prepare a response to a consultation",
    "consultation.questions_set": "set the questions of a consultation",
    "consultation.reminded": "reminded those who had given no view",
    "consultation.sent": "recorded what was sent to a consultation",
    "consultations.noticed": "made the day’s notices of consultations",
    "consultations.told": "sent e-mails that a consultation waits",
    "audits.noticed": "made the day’s notices of audits",
    "audits.told": "sent e-mails that an audit waits",
    "cycle.chased": "reminded schools that had not sent an audit",
    "cycle.amended": "changed an audit",
    "cycle.closed": "closed an audit",
    "cycle.discarded": "gave up preparing an audit",
    "cycle.opened": "asked schools for an audit",
    "cycle.prepared": "began to prepare an audit",
    "cycle.put_off": "put an audit’s deadline off",
    "cycle.taken_away": "took everything of an audit away",
    "import.begun": "had last year’s answers taken in in the background",
    "import.forgotten": "threw away a spreadsheet of last year’s answers",
    "import.given": "gave a spreadsheet of last year’s answers",
    "import.matched": "matched a spreadsheet of last year’s answers",
    "import.taken_back": "took last year’s answers back",
    "import.taken_in": "took last year’s answers in from a spreadsheet",
    "imports.forgotten": "threw away spreadsheets that nobody went on with",
    "plan.added_to": "added a line to an audit’s plan",
    "plan.agreed": "set an audit’s plan on the school’s own list",
    "plan.kept": "kept an audit’s plan as it is signed",
    "plan.put_back_into": "put a line back into an audit’s plan",
    "plan.taken_out_of": "took a line out of an audit’s plan",
    "plan.written": "wrote in an audit’s plan",
    "evidence.opened": "opened a file behind an answer of a school’s audit",
    "feedback.acted_upon": "asked schools for what was promised in feedback",
    "feedback.given": "answered a school’s audit in writing",
    "remark.answered": "replied to a remark on an audit",
    "remark.dropped": "took a remark on an audit away",
    "remark.made": "remarked on an answer of a school’s audit",
    "report.asked": "asked for the report of an audit",
    "report.printed": "made the report of an audit",
    "report.taken": "took the report of an audit",
    "report.written": "wrote in the report of an audit",
    "return.begun": "began a school’s audit",
    "return.read": "read a school’s audit",
    "return.sent_back": "sent a school’s audit back for more",
    "supports.looked_into": "looked whether evidence holds words",
    "visit.added": "chose a school to visit",
    "visit.agreed": "wrote down what a visit found and agreed",
    "visit.called_off": "called a visit off",
    "visit.findings_noted": "noted what a visit found",
    "visit.planned": "planned a visit",
    "visits.drawn": "drew schools to visit",
    "return.reopened": "reopened a school’s audit",
    "return.sent": "sent a school’s audit to the council",
    "return.signed": "signed a school’s audit",
    "sheet.locked": "closed an answer sheet",
    "sheet.opened": "opened an answer sheet",
    "sheet.prepared": "put known answers into an answer sheet",
    "sheet.traits_said": "said what kind of school it is",
    "sheet.unlocked": "opened an answer sheet again",
    "sheets.brought_in": "kept answer sheets that came from elsewhere",
    "sheets.taken_back": "took answer sheets that came from elsewhere back",
    "support.given": "gave evidence for an answer",
    "support.taken_back": "took evidence back from an answer",
    "survey.closed": "closed a survey",
    "survey.codes_given": "gave out codes for a survey",
    "survey.made": "made a survey",
    "trust_sheet.begun": "began to answer an audit for all schools of a trust",
    "trust_sheet.handed_out": "handed a trust’s answers out to its schools",
    "template.changed": "changed the draft of a questionnaire",
    "template.draft_discarded": "gave up the draft of a questionnaire",
    "template.loaded": "took in a questionnaire",
    "template.made": "began a questionnaire",
    "template.released": "released a questionnaire",
    "template.version_started": "began the next version of a questionnaire",
    "contact.amended": "changed a contact",
    "contact.noted": "noted a contact",
    "contact.restored": "put a contact back into the directory",
    "contact.retired": "took a contact out of the directory",
    "contacts.exported": "took the directory away as a table",
    "contacts.heeded": "left a marked contact out, and kept to its marking",
    "contacts.withheld": "took words of marked contacts out of what is public",
    "cover.ended": "ended a cover",
    "cover.set": "named a cover",
    "day.cleared": "let a school follow its area again on a day",
    "day.overridden": "said that a school differs from its area on a day",
    "digests.sent": "sent the weekly e-mails",
    "drafts.discarded": "cleared half-written answers that were too old",
    "file.forgotten": "ended the keeping of a file",
    "file.scanned": "scanned a file",
    "file.stored": "kept a file",
    "guidance.catalogue_loaded": "brought national guidance up to date with the catalogue",
    "guidance.document_added": "added a document of the area’s own",
    "guidance.document_amended": "changed what is known of a document",
    "guidance.document_restored": "put a withdrawn document back",
    "guidance.document_withdrawn": "withdrew a document with its editions",
    "guidance.edition_added": "added an edition of a document",
    "guidance.edition_amended": "changed what is known of an edition",
    "guidance.edition_withdrawn": "withdrew an edition",
    "guidance.file_given": "gave an edition its file",
    "guidance.file_removed": "took the file of an edition away",
    "invitation.accepted": "accepted an invitation",
    "invitation.withdrawn": "withdrew an invitation",
    "ledger.begun_anew": "began to sign the ledger anew",
    "ledger.erased": "erased details of the ledger",
    "ledger.read": "read the ledger",
    "person.invited": "invited somebody",
    "person.joined": "joined",
    "policy.added": "registered a school policy",
    "policy.amended": "changed what is known of a school policy",
    "policy.approved": "approved a version of a school policy",
    "policy.link_checked": "checked a school policy against guidance",
    "policy.linked": "linked a school policy to guidance",
    "policy.review_started": "started the review of a school policy",
    "policy.unlinked": "took a link of a school policy off",
    "policy.usual_added": "registered the usual school policies",
    "policy.version_added": "gave a version of a school policy",
    "policy.version_discarded": "gave a version of a school policy up",
    "policy.version_file_forgotten": "ended the keeping of an old version’s file",
    "policy.version_sent": "sent a school policy for approval",
    "policy.version_sent_back": "sent a school policy back",
    "policy.withdrawn": "withdrew a school policy",
    "post.ended": "ended a post",
    "post.granted": "gave somebody a post",
    "prompts.sent": "sent e-mails that something waits",
    "reading.matrix_moved": "moved to another edition and said who reads what of it",
    "reading.matrix_set": "set who must read which part of an edition",
    "reading.paper_recorded": "recorded what somebody signed on paper",
    "reading.parts_found_again": "found again where the parts of an edition stand",
    "reading.prompted": "prompted people whose reading is due, overdue or new",
    "reading.prompts_sent": "sent e-mails that there is something to read",
    "reading.reader_amended": "said what kind of reader somebody is",
    "reading.reader_joined": "joined what somebody signed on paper to her account",
    "reading.reader_left": "took somebody off the list of readers",
    "reading.readers_added": "added readers without an account",
    "reading.readers_forgotten": "erased the names of readers who left long ago",
    "reading.reminded": "reminded those who had not signed what they must read",
    "reading.round_amended": "changed by when an edition is to be read",
    "reading.round_ended": "ended the reading of an edition",
    "reading.round_sent": "asked everybody in a school to read her parts of an edition",
    "reading.signature_taken_back": "took a signature back",
    "reading.signed": "signed that she has read and understood a part",
    "school.added": "added a school from the register",
    "school.changed": "changed a school as the register says",
    "school.closed": "closed a school as the register says",
    "school.succeeded": "noted which school follows another",
    "terms.set": "set an area’s term dates",
}


def verb_in_words(verb: str) -> str:
    """What was done. A verb without words of its own is said as it is written, with spaces."""
    return VERBS.get(verb) or verb.replace("_", " ").replace(".", ": ")


def post_in_words(role: str, organisation: str, *, is_cover: bool = False) -> str:
    """A post as people say it: Headteacher, Oakfield Primary School."""
    label = LABELS[Role(role)] if role in set(Role) else role
    return f"{label}{' (covering)' if is_cover else ''}, {organisation}"


def about_in_words(about: Mapping[str, Any]) -> str:
    """What an entry was about: an identifier by its beginning, many of them by their number, the rest as it is."""
    return ", ".join(f"{name.replace('_', ' ')} {_short(value)}" for name, value in sorted(about.items()) if value)


def _short(value: object) -> str:
    match value:
        case True:
            return "yes"
        case [str(), *_] if not any(IDENTIFIER.fullmatch(str(each)) for each in value):
            return " and ".join(map(str, value))
        case list():
            return f"({len(value)})"
        case str() if IDENTIFIER.fullmatch(value):
            return value[:SHORT]
        case str() if len(value) == len("2026-03-02"):
            return _day(value)
    return str(value)


def _day(written: str) -> str:
    """A day written out; what is no day stays as it is."""
    try:
        return day_in_words(date.fromisoformat(written))
    except ValueError:
        return written
