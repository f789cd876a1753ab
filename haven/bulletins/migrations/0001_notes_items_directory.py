import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("actions", "0001_asked_assigned_told"),
        ("files", "0001_files_and_their_sealed_content"),
        ("people", "0001_areas_organisations_people"),
        ("people", "__first__"),
    ]

    operations = [
        migrations.CreateModel(
            name="Bulletin",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(blank=True, max_length=180)),
                ("introduction", models.TextField(blank=True, max_length=1000)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("action", "Action"),
                            ("information", "Information"),
                            ("consultation", "Consultation"),
                            ("urgent", "Urgent"),
                        ],
                        default="action",
                        max_length=20,
                    ),
                ),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("published", "Published"),
                            ("withdrawn", "Withdrawn"),
                            ("discarded", "Discarded"),
                        ],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("is_public", models.BooleanField(default=False)),
                ("expires_on", models.DateField(blank=True, null=True)),
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
                ("version", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("amended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.TextField(blank=True)),
                ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulletins", to="people.area"
                    ),
                ),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="bulletins", to="people.organisation"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins_made",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "published_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletins_published",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-published_at", "-made_at", "id"],
                "indexes": [
                    models.Index(fields=["area", "standing", "-published_at"], name="bulletins_b_area_id_1dc575_idx"),
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="bulletins_by_their_words"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("standing__in", ["draft", "discarded"])),
                            models.Q(
                                ("published_at__isnull", False),
                                ("standing__in", ["published", "withdrawn"]),
                                models.Q(("title", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_published_bulletin_has_its_title_and_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_at__isnull", True), ("standing__in", ["draft", "published"])),
                            models.Q(("ended_at__isnull", False), ("standing", "discarded")),
                            models.Q(
                                ("ended_at__isnull", False),
                                ("standing", "withdrawn"),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="an_ended_bulletin_says_when_and_why",
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
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience", to="bulletins.bulletin"
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
                        name="a_bulletins_audience_names_what_its_kind_says",
                    ),
                    models.UniqueConstraint(
                        fields=("bulletin", "kind", "cluster", "organisation", "phase"),
                        name="a_bulletins_audience_names_nothing_twice",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Announcement",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "kind",
                    models.CharField(
                        choices=[("published", "Published"), ("amended", "Changed"), ("withdrawn", "Withdrawn")],
                        max_length=20,
                    ),
                ),
                ("organisations", django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None)),
                ("made_at", models.DateTimeField()),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="announcements",
                        to="bulletins.bulletin",
                    ),
                ),
            ],
            options={
                "ordering": ["made_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)), fields=["made_at"], name="announcements_to_make"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contact",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(blank=True, max_length=150)),
                ("role", models.CharField(blank=True, max_length=300)),
                (
                    "phones",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=20), blank=True, default=list, size=None
                    ),
                ),
                (
                    "emails",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=254), blank=True, default=list, size=None
                    ),
                ),
                (
                    "marking",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("", "No marking"),
                            ("not-for-parents", "Not for parents"),
                            ("professional-only", "Professionals only"),
                            ("internal", "Internal"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("marking_quote", models.TextField(blank=True)),
                ("noted_at", models.DateTimeField()),
                ("retired_at", models.DateTimeField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="contacts", to="people.area"
                    ),
                ),
            ],
            options={
                "ordering": ["name", "role", "id"],
                "indexes": [
                    models.Index(fields=["area", "marking"], name="bulletins_c_area_id_25b849_idx"),
                    django.contrib.postgres.indexes.GinIndex(fields=["phones"], name="contacts_by_telephone"),
                    django.contrib.postgres.indexes.GinIndex(fields=["emails"], name="contacts_by_address"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("phones__len__gt", 0), ("emails__len__gt", 0), _connector="OR"),
                        name="a_contact_can_be_reached",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("marking__in", ["", "not-for-parents", "professional-only", "internal"])),
                        name="a_marking_is_one_of_the_known",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Item",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveIntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("action", "Action"),
                            ("deadline", "Deadline"),
                            ("event", "Event"),
                            ("contact", "Contact"),
                            ("guidance", "Guidance"),
                            ("link", "Link"),
                        ],
                        max_length=20,
                    ),
                ),
                ("start", models.PositiveIntegerField()),
                ("end", models.PositiveIntegerField()),
                ("quote", models.TextField()),
                ("confidence", models.FloatField(default=1.0)),
                ("conflict", models.TextField(blank=True)),
                ("narrowed_by", models.CharField(blank=True, max_length=200)),
                ("facts", models.JSONField()),
                (
                    "origin",
                    models.CharField(
                        choices=[("read", "read"), ("added", "added"), ("joined", "joined"), ("split", "split")],
                        max_length=20,
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("proposed", "Proposed"),
                            ("accepted", "Accepted"),
                            ("dismissed", "Dismissed"),
                            ("superseded", "Superseded"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="proposed",
                        max_length=20,
                    ),
                ),
                ("decided_at", models.DateTimeField(blank=True, null=True)),
                (
                    "action",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletin_items",
                        to="actions.action",
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="items", to="bulletins.bulletin"
                    ),
                ),
                (
                    "contact",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="items",
                        to="bulletins.contact",
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="predecessors",
                        to="bulletins.item",
                    ),
                ),
            ],
            options={
                "ordering": ["start", "end", "number"],
                "indexes": [models.Index(fields=["bulletin", "state"], name="bulletins_i_bulleti_a2b04e_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("bulletin", "number"), name="an_items_number_stands_once_in_a_bulletin"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("end__gte", models.F("start"))), name="no_item_ends_before_it_starts"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("confidence__gte", 0), ("confidence__lte", 1)),
                        name="confidence_lies_between_nought_and_one",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("decided_at__isnull", True), ("state", "proposed")),
                            models.Q(models.Q(("state", "proposed"), _negated=True), ("decided_at__isnull", False)),
                            _connector="OR",
                        ),
                        name="what_is_decided_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ItemAudience",
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
                (
                    "item",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience", to="bulletins.item"
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
                        name="an_items_audience_names_what_its_kind_says",
                    ),
                    models.UniqueConstraint(
                        fields=("item", "kind", "cluster", "organisation", "phase"),
                        name="an_items_audience_names_nothing_twice",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Event",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=300)),
                ("starts_on", models.DateField()),
                ("starts_time", models.TimeField(blank=True, null=True)),
                ("ends_on", models.DateField(blank=True, null=True)),
                ("ends_time", models.TimeField(blank=True, null=True)),
                ("place", models.TextField(blank=True)),
                ("is_online", models.BooleanField(default=False)),
                ("recurs", models.CharField(blank=True, max_length=20)),
                ("is_optional", models.BooleanField(default=False)),
                ("is_cancelled", models.BooleanField(default=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="people.area"
                    ),
                ),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="events", to="bulletins.bulletin"
                    ),
                ),
                (
                    "item",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="event", to="bulletins.item"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on", models.OrderBy(models.F("starts_time"), nulls_first=True), "title"],
                "indexes": [models.Index(fields=["area", "starts_on"], name="bulletins_e_area_id_4e8b3c_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="no_event_ends_before_it_starts",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_time__isnull", True), ("starts_time__isnull", False), _connector="OR"
                        ),
                        name="no_event_ends_without_a_start",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("was", models.JSONField()),
                ("until_at", models.DateTimeField()),
                ("why", models.TextField()),
                (
                    "bulletin",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="bulletins.bulletin"
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
                "constraints": [
                    models.UniqueConstraint(fields=("bulletin", "number"), name="a_bulletins_version_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="a_change_of_a_bulletin_says_why"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "bulletin",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="note",
                        serialize=False,
                        to="bulletins.bulletin",
                    ),
                ),
                (
                    "route",
                    models.CharField(
                        choices=[("file", "As a file"), ("pasted", "Pasted"), ("mail", "By e-mail")], max_length=20
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("media_type", models.CharField(blank=True, max_length=100)),
                ("text", models.TextField(blank=True)),
                ("noted_on", models.DateField(blank=True, null=True)),
                (
                    "warnings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("unreadable", models.TextField(blank=True)),
                ("digest", models.CharField(blank=True, max_length=64, null=True, unique=True)),
                ("received_at", models.DateTimeField()),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="bulletin_note",
                        to="files.storedfile",
                    ),
                ),
                (
                    "sender",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="notes_sent",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("text", ""), ("unreadable", ""), _connector="OR"),
                        name="a_note_is_read_or_says_why_not",
                    )
                ],
            },
        ),
    ]
