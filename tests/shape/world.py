"""One of everything that an address can name."""

from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from haven.actions.models import Assignment
from haven.actions.rules import EvidenceAsked
from haven.actions.services import GivenEvidence, close_assignment, make_calendar_key
from haven.bulletins.models import Bulletin, Contact
from haven.changes.queries.comparing import comparison_page
from haven.changes.queries.told import Looked
from haven.changes.rules.comparing import Verdict
from haven.changes.services import judge_change, take_pair
from haven.guidance.models import Edition
from haven.people.models import Cluster, ClusterPlace, Cover, Invitation
from haven.policies.services import link_clause
from tests.actions.raised import own, raised
from tests.api import programs
from tests.audits import asked as audits
from tests.audits import signed as audits_signed
from tests.audits import trusts
from tests.bulletins.notes import draft, published
from tests.cast import BEGAN, NOW, TODAY, Cast
from tests.checks import asked as checks
from tests.consultations import asked
from tests.digests.digests import drafted
from tests.digests.digests import published as published_digest
from tests.guidance.texts import edition, filled, kept
from tests.intelligence import told
from tests.moderation import read as audits_read
from tests.notifications import counted
from tests.notifications import sent as notified
from tests.policies import registered
from tests.questions.making import drafted_template, released_copy
from tests.readings import rounds
from tests.reports import printed as audits_printed
from tests.spreadsheets import brought
from tests.subjects.known import held, looked_after
from tests.surveys.asked import survey

DRAFT_ADDRESSES = (
    "check",
    "add-item",
    "accept-sure",
    "give-words",
    "file",
    "settings",
    "preview",
    "publish",
    "discard",
)


READ_OF = (":open", ":support", ":close", ":hand-on")
"""Of a notification that somebody has read."""

READ_ADDRESSES = (
    "moderation:read",
    "moderation:read-section",
    "moderation:read-file",
    "moderation:read-words",
    "moderation:remark",
    "moderation:reply",
    "moderation:feedback",
    "moderation:give-feedback",
    "moderation:send-back",
    "moderation:add-visit",
)

BEGUN_ADDRESSES = tuple(f"audits:{name}" for name in "return kind section save confirm evidence".split())

SIGNED_ADDRESSES = tuple(
    f"audits:{name}" for name in "sign reopen receipt copy copy-file plan plan-add plan-file plan-out plan-back".split()
)
"""Of an audit that was signed and sent, and that nobody has answered."""

THINGS = {
    "questions:add": "part",
    "questions:add-within": "paste",
    "questions:change-head": "about",
    "questions:change": "question",
}


class World:
    """Fairhaven in small with an action that Oakfield has closed, a note published and another still a draft."""

    def __init__(self, cast: Cast) -> None:
        self.cast = cast
        action = raised(cast, evidence=EvidenceAsked.FILE)
        self.open: Assignment = raised(cast).assignments.get(organisation=cast.oakfield)
        self.assignment = action.assignments.get(organisation=cast.oakfield)
        given = GivenEvidence(file=("plan.txt", b"Our plan."))
        close_assignment(assignment_id=self.assignment.pk, evidence=given, by=cast.actor("priya"), at=NOW)
        self.own: Assignment = own(cast).assignments.get()
        self.calendar = make_calendar_key(by=cast.actor("priya"), at=NOW)
        self.bulletin: Bulletin = published(cast)
        Bulletin.objects.filter(pk=self.bulletin.pk).update(is_public=True)
        self.draft: Bulletin = draft(cast)
        self.edition = kept(cast)
        self.older = filled(cast, edition(cast, self.edition.document, "2024"), "Older words.", name="older.txt")
        self.change = (
            comparison_page(old_id=self.older.pk, new_id=self.edition.pk, by=cast.actor("priya"), looked=Looked())
            .lines[0]
            .ref
        )
        judge_change(
            old_id=self.older.pk,
            new_id=self.edition.pk,
            ref=self.change,
            area_id=cast.area.pk,
            verdict=Verdict.ACTION,
            words="Ask all schools.",
            by=cast.actor("marcus"),
            at=NOW,
        )
        self.policy = registered.policy(cast)
        self.in_use = registered.approved(cast, self.policy)
        self.waiting = registered.sent(cast, self.policy, label="March 2026")
        self.link = link_clause(
            policy_id=self.policy.pk, edition_id=self.edition.pk, place=3, by=cast.actor("priya"), at=NOW
        )
        self.pair = take_pair(old=("a.md", b"Old."), new=("b.md", b"New."), by=cast.actor("marcus"), at=NOW)
        self.audit = audits.opened(cast)
        self.next_audit = audits.prepared(cast, self.audit.version)
        self.matched = brought.given(cast, version=self.audit.version)
        self.brought = brought.taken(cast, version=self.audit.version)
        self.begun_audit = audits.begun(cast, audits.opened(cast, self.audit.version, title="Audit that was begun"))
        self.trust_sheet = trusts.prepared(cast, trusts.founded(cast), self.audit)
        self.read = audits_read.in_hand(cast, audits.opened(cast, self.audit.version, title="Audit that was sent"))
        self.feedback = audits_read.given(cast, self.read)
        self.remark = audits_read.remarked(cast, self.read)
        self.visit = audits_read.visited(cast, self.read)
        self.signed_audit, self.taken_out = audits_signed.with_a_line_taken_out(
            cast, audits.opened(cast, self.audit.version, title="Audit that was signed", steps=(("dsl",),))
        )
        self.printed = audits_printed.printed(cast, self.audit)
        self.consulted = asked.draft(cast)
        self.preparing = asked.prepared(cast, asked.draft(cast, title="Draft in preparation"))
        self.gathering = asked.gathering(cast, asked.draft(cast, title="Draft that is asked about"))
        self.submission = asked.sent_with_file(cast, asked.draft(cast, title="Draft that was answered"))
        (self.reader,) = rounds.staff(cast)
        guide = rounds.guide(cast)
        self.round = rounds.sent(cast, rounds.first(cast, guide))
        self.next = rounds.second(cast, guide)
        self.part = rounds.part(self.round, "part 1")
        self.signature = rounds.signed_part(cast, rounds.part(self.round, "part 2"), "priya")
        self.digest = published_digest(cast, drafted(cast, (self.older, self.edition)), is_public=True)
        self.told = told.taken_through(cast)
        self.check = checks.furnished(cast)
        self.contact = Contact.objects.filter(marking="").get()
        self.cluster = Cluster.objects.create(area=cast.area, name="Harbour")
        ClusterPlace.objects.create(cluster=self.cluster, organisation=cast.oakfield, starts_on=BEGAN)
        self.post = cast.priya.posts.get()
        self.cover = Cover.objects.create(
            post=self.post, covered_by=cast.tom, starts_on=TODAY, ends_on=TODAY + timedelta(days=7)
        )
        self.survey = survey(cast)
        self.shipped_version = self.audit.version
        self.draft_version = drafted_template(cast, self.shipped_version)
        self.own_version = released_copy(cast, self.shipped_version)
        self.notified = notified.one(cast)
        self.opened = notified.read(cast, notified.one(cast))
        self.program_key = programs.registered(cast, programs.Program())
        self.monthly_return = counted.returned(cast)
        self.breach = notified.recalled(cast)
        self.child, self.exclusion, self.glass = looked_after(cast)
        self.hold, self.erasure, self.guest = held(cast, self.child)
        self.invitation = Invitation.objects.create(
            email="new@example.org",
            name="Newcomer",
            organisation=cast.oakfield,
            role="deputy-dsl",
            starts_on=TODAY,
            invited_by=cast.tom,
            invited_at=NOW,
            expires_at=NOW + timedelta(days=14),
            secret_hash="0" * 64,
        )

    def sign_everybody_in(self, members: Iterable[str]) -> None:
        """Keep of each the cookies that she comes back with."""
        self.cookies = {member: self.cast.client(member).cookies for member in members}

    def _assignment(self, name: str) -> Assignment:
        if name.endswith("-own"):
            return self.own
        return self.assignment if name.endswith((":evidence", ":send-back")) else self.open

    def _edition(self, name: str) -> Edition:
        if name.startswith("consultations:"):
            return self.consulted
        if name == "readings:move":
            return self.next
        return self.round.matrix.edition if name.startswith("readings:") else self.edition

    def values(self, name: str, wanted: set[str]) -> dict[str, Any]:
        """What stands in the address of this name."""
        known = {
            "action_id": self.open.action_id,
            "delivery_id": (
                self.opened if name.endswith((":open", ":support", ":close", ":hand-on")) else self.notified
            ).pk,
            "assignment_id": self._assignment(name).pk,
            "evidence_id": self.assignment.evidence.get().pk,
            "kind": "csv",
            "secret": self.calendar,
            "bulletin_id": self.draft.pk if name.split(":")[-1] in DRAFT_ADDRESSES else self.bulletin.pk,
            "item_id": self.bulletin.items.first().pk
            if name.endswith("withdraw-item")
            else self.draft.items.first().pk,
            "check_id": self.check.pk,
            "ask_id": checks.ask_of(self.check, self.cast.oakfield).pk,
            "contact_id": self.contact.pk,
            "document_id": self.edition.document_id,
            "edition_id": self._edition(name).pk,
            "old_id": self.older.pk,
            "new_id": self.edition.pk,
            "pair_id": self.pair,
            "place": 3,
            "ref": self.change,
            "digest_id": self.digest.pk,
            "line_id": self.digest.lines.get().pk,
            "key": "leads" if name.endswith((":read-section", ":findings")) else "policy-read",
            "number": self.digest.version,
            "round_id": self.round.pk,
            "part_id": self.part.pk,
            "support_id": self.read.sheet.supports.get().pk,
            "remark_id": self.remark.pk,
            "feedback_id": self.feedback.pk,
            "visit_id": self.visit.pk,
            "printed_id": self.printed.pk,
            "signature_id": self.signature.pk,
            "import_id": self.matched.pk,
            "cycle_id": (self.next_audit if name.endswith((":open-cycle", ":discard")) else self.audit).pk,
            "return_id": self.read.pk
            if name in READ_ADDRESSES
            else self.audit.returns.get(organisation=self.cast.oakfield).pk,
            "who": self.reader.pk,
            "response_id": (self.preparing if name.endswith((":invite", ":discard")) else self.gathering).pk,
            "question_id": self.gathering.questions.get(place=1).pk,
            "contribution_id": asked.part_of(self.cast, self.gathering).pk,
            "submission_id": self.told["submission_id"] if name.startswith("intelligence:") else self.submission.pk,
            "receipt_id": self.told["receipt_id"],
            "link_id": self.told["link_id"] if name.startswith("intelligence:") else self.link.pk,
            "dissemination_id": self.told["dissemination_id"],
            "survey_id": self.survey.pk,
            "trust_id": self.trust_sheet.trust_id,
            "trust_sheet_id": self.trust_sheet.pk,
            "policy_id": self.policy.pk,
            "version_id": self.in_use.pk if name == "policies:file" else self.waiting.pk,
            "school_id": self.cast.oakfield.pk,
            "organisation_id": self.cast.oakfield.pk,
            "key_id": self.program_key.pk,
            "reference": self.notified.reference,
            "notification_id": self.notified.notification_id,
            "area_id": self.cast.area.pk,
            "school_year": 2025,
            "cluster_id": self.cluster.pk,
            "subject_id": self.child.pk,
            "record_id": self.child.record_id,
            "exclusion_id": self.exclusion.pk,
            "glass_id": self.glass.pk,
            "breach_id": self.breach.pk,
            "hold_id": self.hold.pk,
            "erasure_id": self.erasure.pk,
            "post_id": self.post.pk,
            "person_id": self.cast.priya.pk,
            "cover_id": self.cover.pk,
            "invitation_id": self.invitation.pk,
            "provider_id": "council",
            "factor_id": "authenticator-app",
        }
        if name in BEGUN_ADDRESSES:
            known |= {"return_id": self.begun_audit.pk, "key": "leads" if name.endswith(":section") else "policy-read"}
        if name in SIGNED_ADDRESSES:
            known |= {"return_id": self.signed_audit.pk, "number": 1, "kind": "json" if "copy" in name else "xlsx"}
            known |= {"line_id": self.taken_out if name.endswith("back") else self.signed_audit.plan.last().pk}
        if name in ("notifications:return", "notifications:confirm-return"):
            known["return_id"] = self.monthly_return.pk
        if name == "notifications:seen-by":
            known["delivery_id"] = self.breach.delivery_id
        if name == "subjects:end-guest":
            known["person_id"] = self.guest.person_id
        if name == "reports:printed-file":
            known["kind"] = "pdf"
        if name == "spreadsheets:take-away":
            known |= {"kind": "xlsx"}
        if name == "spreadsheets:import-back":
            known |= {"cycle_id": self.brought.cycle_id}
        if name.startswith("questions:"):
            own = self.own_version if name.endswith(":next") else self.draft_version
            known |= {"version_id": own.pk, "other_id": self.shipped_version.pk, "thing": THINGS.get(name)}
            known |= {"key": "leads" if name.endswith(":add-within") else "policy-read"}
        return {key: known[key] for key in wanted}
