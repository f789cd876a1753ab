import uuid

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("actions", "0001_asked_assigned_told"),
        ("guidance", "0001_documents_editions_clauses"),
        ("people", "0001_areas_organisations_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Pair",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Being compared"),
                            ("done", "Compared"),
                            ("refused", "Not to be compared"),
                        ],
                        default="waiting",
                        max_length=20,
                    ),
                ),
                ("given_key", models.BinaryField()),
                ("given", models.BinaryField()),
                ("found_key", models.BinaryField(null=True)),
                ("found", models.BinaryField(null=True)),
                ("old_fault", models.CharField(blank=True, max_length=500)),
                ("new_fault", models.CharField(blank=True, max_length=500)),
                ("given_at", models.DateTimeField()),
                ("done_at", models.DateTimeField(null=True)),
            ],
            options={
                "indexes": [models.Index(fields=["given_at"], name="pairs_by_age")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("found__isnull", False), ("found_key__isnull", False), ("state", "done")),
                            models.Q(
                                models.Q(("state", "done"), _negated=True),
                                ("found__isnull", True),
                                ("found_key__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_pair_that_is_done_has_its_changes",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("state", "refused"),
                                models.Q(
                                    models.Q(("old_fault", ""), _negated=True),
                                    models.Q(("new_fault", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            models.Q(
                                models.Q(("state", "refused"), _negated=True), ("new_fault", ""), ("old_fault", "")
                            ),
                            _connector="OR",
                        ),
                        name="a_refused_pair_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Comparison",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("old_sha256", models.CharField(max_length=64)),
                ("new_sha256", models.CharField(max_length=64)),
                ("packed", models.BinaryField()),
                ("change_count", models.PositiveIntegerField()),
                ("made_at", models.DateTimeField()),
                (
                    "new",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="guidance.edition"
                    ),
                ),
                (
                    "old",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="guidance.edition"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("old", "new"), name="two_editions_are_compared_once"),
                    models.CheckConstraint(
                        condition=models.Q(("old", models.F("new")), _negated=True),
                        name="no_edition_is_compared_with_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="AskedClause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField(blank=True, null=True)),
                ("words", models.CharField(blank=True, max_length=64)),
                ("said", models.CharField(blank=True, max_length=200)),
                (
                    "action",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="asked_for_clause",
                        to="actions.action",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name="+", to="people.area"),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="guidance.document"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="guidance.edition",
                    ),
                ),
            ],
            options={
                "ordering": ["id"],
                "indexes": [models.Index(fields=["document", "words"], name="changes_ask_documen_f872d8_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("edition__isnull", True), ("place__isnull", True), ("said", ""), ("words", "")),
                            models.Q(
                                ("edition__isnull", False),
                                ("place__isnull", False),
                                models.Q(("words", ""), _negated=True),
                                models.Q(("said", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="what_is_asked_points_to_a_clause",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Judgement",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("old_words", models.CharField(blank=True, max_length=64)),
                ("new_words", models.CharField(blank=True, max_length=64)),
                (
                    "touches",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=64), default=list, size=None
                    ),
                ),
                ("ref", models.CharField(max_length=40)),
                (
                    "verdict",
                    models.CharField(
                        choices=[("no-effect", "No effect"), ("note", "Note"), ("action", "Action")], max_length=20
                    ),
                ),
                ("words", models.TextField(blank=True)),
                ("judged_at", models.DateTimeField()),
                (
                    "action",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="judged_change",
                        to="actions.action",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="people.area"
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="judgements", to="guidance.document"
                    ),
                ),
                (
                    "judged_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
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
                "ordering": ["judged_at", "id"],
                "indexes": [django.contrib.postgres.indexes.GinIndex(fields=["touches"], name="judgements_by_clause")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("area", "document", "old_words", "new_words"), name="an_area_judges_a_change_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("new_words", ""), ("old_words", ""), _negated=True),
                        name="what_is_judged_has_words_on_one_side",
                    ),
                ],
            },
        ),
    ]
