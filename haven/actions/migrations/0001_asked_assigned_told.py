import django.contrib.postgres.fields
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models

OWN = """
create function actions_own_stays_own() returns trigger language plpgsql as $$
begin
    if exists (
        select from actions_action
        where id = new.action_id and is_own and asked_by_id <> new.organisation_id
    ) then
        raise exception 'what an organisation sets for itself is asked of nobody else'
            using errcode = 'check_violation', constraint = 'what_is_ones_own_is_asked_of_nobody_else';
    end if;
    return new;
end $$;

create trigger what_is_ones_own_is_asked_of_nobody_else
    before insert or update of action_id, organisation_id on actions_assignment
    for each row execute function actions_own_stays_own();
"""

NOT_OWN = "drop function actions_own_stays_own() cascade;"


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_files_and_their_sealed_content"),
        ("people", "0001_areas_organisations_people"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Action",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("what", models.CharField(max_length=300)),
                ("detail", models.TextField(blank=True)),
                ("source_label", models.CharField(blank=True, max_length=200)),
                ("source_address", models.CharField(blank=True, max_length=300)),
                ("quote", models.TextField(blank=True)),
                (
                    "roles",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(
                            choices=[
                                ("dsl", "Designated safeguarding lead"),
                                ("deputy-dsl", "Deputy safeguarding lead"),
                                ("head", "Headteacher"),
                                ("governor", "Safeguarding governor"),
                                ("chair-of-governors", "Chair of governors"),
                                ("school-staff", "School staff"),
                                ("safeguarding-lead", "Council safeguarding lead"),
                                ("safeguarding-officer", "Council safeguarding officer"),
                                ("duty-officer", "Council duty officer"),
                                ("social-worker", "Social worker"),
                                ("mash-coordinator", "MASH coordinator"),
                                ("home-education-officer", "Officer for home education"),
                                ("privacy-officer", "Privacy officer"),
                                ("police-officer", "Police officer"),
                                ("intelligence-officer", "Intelligence officer"),
                                ("intelligence-lead", "Intelligence lead"),
                                ("health-practitioner", "Health practitioner"),
                                ("trainer", "Trainer"),
                                ("charity-worker", "Charity worker"),
                                ("trust-lead", "Trust safeguarding lead"),
                                ("scrutineer", "Scrutineer"),
                                ("administrator", "Administrator"),
                            ],
                            max_length=30,
                        ),
                        blank=True,
                        default=list,
                        size=None,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_time", models.TimeField(blank=True, null=True)),
                (
                    "recurs",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("weekly", "Every week"),
                            ("monthly", "Every month"),
                            ("month-end", "At the end of every month"),
                            ("termly", "Every term"),
                            ("yearly", "Every year"),
                        ],
                        max_length=20,
                    ),
                ),
                ("first_on", models.DateField()),
                ("latest_on", models.DateField()),
                (
                    "evidence_asked",
                    models.CharField(
                        choices=[
                            ("none", "Nothing: marking it done is enough"),
                            ("word", "A few words"),
                            ("file", "A file"),
                            ("link", "A link"),
                            ("reading", "Somebody confirms having read it"),
                        ],
                        default="none",
                        max_length=20,
                    ),
                ),
                ("is_own", models.BooleanField(default=False)),
                ("is_optional", models.BooleanField(default=False)),
                ("prohibits", models.BooleanField(default=False)),
                (
                    "standing",
                    models.CharField(
                        choices=[("published", "Asked"), ("withdrawn", "Withdrawn"), ("replaced", "Replaced")],
                        default="published",
                        max_length=20,
                    ),
                ),
                ("version", models.PositiveIntegerField(default=1)),
                ("published_at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.TextField(blank=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="actions", to="people.area"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions_asked",
                        to="people.organisation",
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="actions_published",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="replaces",
                        to="actions.action",
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "id"],
                "indexes": [
                    models.Index(fields=["area", "standing", "due_on"], name="actions_act_area_id_62f692_idx"),
                    models.Index(
                        condition=models.Q(("source_address", ""), _negated=True),
                        fields=["source_address"],
                        name="actions_by_source",
                    ),
                    models.Index(
                        condition=models.Q(models.Q(("recurs", ""), _negated=True), ("standing", "published")),
                        fields=["latest_on"],
                        name="recurring_actions",
                    ),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("what", ""), _negated=True), name="an_action_says_what_is_asked"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_time__isnull", True), ("due_on__isnull", False), _connector="OR"),
                        name="no_due_time_without_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("source_address", ""),
                            models.Q(
                                ("source_address__startswith", "/"),
                                models.Q(("source_address__startswith", "//"), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_source_lies_within_haven",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("standing", "published")),
                            models.Q(models.Q(("standing", "published"), _negated=True), ("ended_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_ended_action_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("replaced_by__isnull", False), ("standing", "replaced")),
                            models.Q(models.Q(("standing", "replaced"), _negated=True), ("replaced_by__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_replaced_action_names_its_successor",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("prohibits", False), ("evidence_asked", "reading"), _connector="OR"),
                        name="a_prohibition_asks_to_be_read",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("is_own", False), ("is_optional", False), _connector="OR"),
                        name="what_is_ones_own_is_never_optional",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Assignment",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("occurrence_on", models.DateField()),
                ("due_on", models.DateField(blank=True, null=True)),
                ("due_time", models.TimeField(blank=True, null=True)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("done", "Done"),
                            ("not-applicable", "Does not apply"),
                            ("returned", "Sent back"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("reason", models.TextField(blank=True)),
                ("comment", models.TextField(blank=True)),
                ("raised_at", models.DateTimeField()),
                ("seen_at", models.DateTimeField(blank=True, null=True)),
                ("closed_at", models.DateTimeField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="assignments", to="actions.action"
                    ),
                ),
                (
                    "closed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "handed_to",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="assignments",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["due_on", "raised_at", "id"],
                "indexes": [
                    models.Index(fields=["organisation", "state", "due_on"], name="actions_ass_organis_f7d3e4_idx"),
                    models.Index(
                        fields=["action", "state", "due_on", "due_time"], name="actions_ass_action__6a7d54_idx"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("action", "organisation", "occurrence_on"),
                        name="an_organisation_is_asked_once_each_time",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("due_time__isnull", True), ("due_on__isnull", False), _connector="OR"),
                        name="no_assignments_time_without_a_day",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("closed_at__isnull", False), ("state__in", ["done", "not-applicable"])),
                            models.Q(
                                models.Q(("state__in", ["done", "not-applicable"]), _negated=True),
                                ("closed_at__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="what_is_closed_says_when",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "not-applicable"), _negated=True),
                            models.Q(("reason", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_does_not_apply_says_why",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "returned"), _negated=True),
                            models.Q(("comment", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="what_is_sent_back_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Audience",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("all-schools", "all schools"),
                            ("cluster", "cluster"),
                            ("phase", "phase"),
                            ("organisation", "organisation"),
                        ],
                        max_length=20,
                    ),
                ),
                (
                    "phase",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("nursery", "Nursery"),
                            ("primary", "Primary"),
                            ("middle", "Middle"),
                            ("secondary", "Secondary"),
                            ("16-plus", "16 plus"),
                            ("all-through", "All-through"),
                            ("special", "Special"),
                        ],
                        max_length=20,
                    ),
                ),
                ("is_limit", models.BooleanField(default=False)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience", to="actions.action"
                    ),
                ),
                (
                    "cluster",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.cluster",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("cluster__isnull", True),
                                ("kind", "all-schools"),
                                ("organisation__isnull", True),
                                ("phase", ""),
                            ),
                            models.Q(
                                ("cluster__isnull", False),
                                ("kind", "cluster"),
                                ("organisation__isnull", True),
                                ("phase", ""),
                            ),
                            models.Q(
                                ("cluster__isnull", True),
                                ("kind", "organisation"),
                                ("organisation__isnull", False),
                                ("phase", ""),
                            ),
                            models.Q(
                                ("cluster__isnull", True),
                                ("kind", "phase"),
                                ("organisation__isnull", True),
                                models.Q(("phase", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_audience_names_what_its_kind_says",
                    ),
                    models.UniqueConstraint(
                        fields=("action", "is_limit", "kind", "cluster", "organisation", "phase"),
                        name="an_audience_names_nothing_twice",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CalendarKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("made_at", models.DateTimeField()),
                ("revoked_at", models.DateTimeField(blank=True, null=True)),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_keys",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-made_at"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("revoked_at__isnull", True)),
                        fields=("person",),
                        name="a_person_has_one_live_calendar_key",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("week_on", models.DateField()),
                ("sent_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="digests", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("person", "week_on"), name="one_digest_a_week")],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.CharField(max_length=100)),
                ("fields", models.JSONField()),
                ("saved_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="drafts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["-saved_at"],
                "constraints": [models.UniqueConstraint(fields=("person", "place"), name="a_form_has_one_draft")],
            },
        ),
        migrations.CreateModel(
            name="Evidence",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("word", "In words"),
                            ("file", "File"),
                            ("link", "Link"),
                            ("record", "Record in Haven"),
                            ("reading", "Read and understood"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("address", models.CharField(blank=True, max_length=500)),
                ("given_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="evidence", to="actions.assignment"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="action_evidence",
                        to="files.storedfile",
                    ),
                ),
                (
                    "given_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["given_at", "kind"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("address", ""),
                                ("file__isnull", True),
                                ("kind", "word"),
                                models.Q(("words", ""), _negated=True),
                            ),
                            models.Q(("address", ""), ("file__isnull", False), ("kind", "file"), ("words", "")),
                            models.Q(
                                ("file__isnull", True),
                                ("kind__in", ["link", "record"]),
                                models.Q(("address", ""), _negated=True),
                            ),
                            models.Q(("address", ""), ("file__isnull", True), ("kind", "reading"), ("words", "")),
                            _connector="OR",
                        ),
                        name="evidence_holds_what_its_kind_says",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "link"), _negated=True),
                            ("address__startswith", "https://"),
                            ("address__startswith", "http://"),
                            _connector="OR",
                        ),
                        name="a_link_leads_to_a_web_page",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "record"), _negated=True),
                            models.Q(
                                ("address__startswith", "/"), models.Q(("address__startswith", "//"), _negated=True)
                            ),
                            _connector="OR",
                        ),
                        name="a_record_lies_within_haven",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Prompt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("new", "new to do"),
                            ("changed", "changed"),
                            ("withdrawn", "no longer asked"),
                            ("returned", "sent back with a comment"),
                            ("reminded", "waiting, and the council reminds you"),
                            ("handed-on", "handed to you"),
                        ],
                        max_length=20,
                    ),
                ),
                ("made_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="prompts", to="actions.assignment"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)), fields=["made_at"], name="prompts_to_tell"
                    ),
                    models.Index(fields=["assignment", "kind", "made_at"], name="actions_pro_assignm_2323be_idx"),
                ],
            },
        ),
        migrations.CreateModel(
            name="Remark",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "move",
                    models.CharField(
                        choices=[
                            ("close", "close"),
                            ("set-aside", "set aside"),
                            ("return", "return"),
                            ("reopen", "reopen"),
                            ("hand-on", "hand on"),
                            ("withdraw", "withdraw"),
                            ("renew", "renew"),
                        ],
                        max_length=20,
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("said_at", models.DateTimeField()),
                (
                    "assignment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="remarks", to="actions.assignment"
                    ),
                ),
                (
                    "said_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["said_at", "id"],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("was", models.JSONField()),
                ("until_at", models.DateTimeField()),
                ("why", models.TextField(blank=True)),
                (
                    "action",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="actions.action"
                    ),
                ),
                (
                    "changed_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "constraints": [models.UniqueConstraint(fields=("action", "number"), name="a_version_stands_once")],
            },
        ),
        migrations.RunSQL(OWN, NOT_OWN),
    ]
