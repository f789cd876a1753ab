import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("changes", "0001_comparisons_judgements"),
        ("actions", "0001_asked_assigned_told"),
        ("guidance", "0001_documents_editions_clauses"),
        ("people", "0001_areas_organisations_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Digest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("title", models.CharField(max_length=200)),
                ("introduction", models.TextField(blank=True)),
                ("closing", models.TextField(blank=True)),
                (
                    "standing",
                    models.CharField(
                        choices=[("draft", "Draft"), ("published", "Published"), ("withdrawn", "Withdrawn")],
                        default="draft",
                        max_length=20,
                    ),
                ),
                ("is_public", models.BooleanField(default=False)),
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
                ("version", models.PositiveIntegerField(default=0)),
                ("revision", models.PositiveIntegerField(default=1)),
                ("made_at", models.DateTimeField()),
                ("published_at", models.DateTimeField(blank=True, null=True)),
                ("amended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                ("ended_why", models.TextField(blank=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="digests", to="people.area"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="digests", to="guidance.document"
                    ),
                ),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="guidance.edition"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="guidance.edition"
                    ),
                ),
            ],
            options={
                "ordering": [
                    models.OrderBy(models.F("published_at"), descending=True, nulls_first=True),
                    "-made_at",
                    "id",
                ],
                "indexes": [
                    models.Index(fields=["area", "standing", "-published_at"], name="digests_dig_area_id_9ab8ee_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("standing", "withdrawn"), _negated=True),
                        fields=("area", "old", "new"),
                        name="an_area_has_one_digest_of_two_editions",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True), name="a_digest_has_a_title"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("published_at__isnull", True), ("standing", "draft"), ("version", 0)),
                            models.Q(
                                models.Q(("standing", "draft"), _negated=True),
                                ("published_at__isnull", False),
                                ("version__gt", 0),
                            ),
                            _connector="OR",
                        ),
                        name="a_published_digest_has_its_version_and_moment",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("ended_at__isnull", False),
                                ("standing", "withdrawn"),
                                models.Q(("ended_why", ""), _negated=True),
                            ),
                            models.Q(models.Q(("standing", "withdrawn"), _negated=True), ("ended_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="a_withdrawn_digest_says_when_and_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestAudience",
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
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="audience", to="digests.digest"
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
                        name="a_digests_audience_names_what_its_kind_says",
                    ),
                    models.UniqueConstraint(
                        fields=("digest", "kind", "cluster", "organisation", "phase"),
                        name="a_digests_audience_names_nothing_twice",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestLine",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveIntegerField()),
                ("ref", models.CharField(blank=True, max_length=40)),
                ("part", models.CharField(blank=True, max_length=300)),
                ("change", models.JSONField(blank=True, null=True)),
                ("heading", models.CharField(max_length=200)),
                ("meaning", models.TextField(blank=True)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("no-effect", "No effect"), ("note", "Note"), ("action", "Action")], max_length=20
                    ),
                ),
                ("is_own", models.BooleanField(default=False)),
                (
                    "seen_verdict",
                    models.CharField(
                        blank=True,
                        choices=[("no-effect", "No effect"), ("note", "Note"), ("action", "Action")],
                        max_length=20,
                    ),
                ),
                ("seen_words", models.TextField(blank=True)),
                ("is_left_out", models.BooleanField(default=False)),
                ("revision", models.PositiveIntegerField(default=1)),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="lines", to="digests.digest"
                    ),
                ),
                (
                    "judgement",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="changes.judgement",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("ref", ""), _negated=True),
                        fields=("digest", "ref"),
                        name="a_change_stands_once_in_a_digest",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("heading", ""), _negated=True), name="a_line_of_a_digest_has_a_heading"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("change__isnull", True), ("is_own", True), ("judgement__isnull", True), ("ref", "")
                            ),
                            models.Q(
                                ("change__isnull", False),
                                ("judgement__isnull", False),
                                models.Q(("ref", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="a_line_is_of_a_change_or_by_hand",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestVersion",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("number", models.PositiveIntegerField()),
                ("said", models.JSONField()),
                ("why", models.TextField(blank=True)),
                ("published_at", models.DateTimeField()),
                (
                    "tells",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.UUIDField(), blank=True, default=list, size=None
                    ),
                ),
                ("told_at", models.DateTimeField(blank=True, null=True)),
                (
                    "digest",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="versions", to="digests.digest"
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)),
                        fields=["published_at"],
                        name="digest_versions_to_tell",
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("digest", "number"), name="a_version_of_a_digest_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("number", 1), models.Q(("why", ""), _negated=True), _connector="OR"),
                        name="a_changed_digest_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DigestLetter",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("sent_at", models.DateTimeField()),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="letters", to="digests.digestversion"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("version", "person"), name="nobody_is_told_twice_of_a_version"),
                ],
            },
        ),
    ]
