import django.db.models.constraints
import django.db.models.deletion
import uuid
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_files_and_their_sealed_content"),
        ("guidance", "0001_documents_editions_clauses"),
        ("people", "0001_areas_organisations_people"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="Response",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="people.area"
                    ),
                ),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="responses", to="guidance.edition"
                    ),
                ),
                ("closes_on", models.DateField()),
                ("known_closes_on", models.DateField(blank=True, null=True)),
                ("note", models.TextField(blank=True)),
                ("prepared_at", models.DateTimeField()),
                (
                    "prepared_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
                ("invited_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
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
                "ordering": ["closes_on", "id"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "edition"), name="an_area_responds_once_to_a_consultation"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("invited_at__isnull", True), ("invited_by__isnull", True)),
                            models.Q(("invited_at__isnull", False), ("invited_by__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_invitation_to_contribute_says_by_whom",
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
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="audience",
                        to="consultations.response",
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
                        name="a_responses_audience_names_what_its_kind_says",
                    ),
                    models.UniqueConstraint(
                        fields=("response", "kind", "cluster", "organisation", "phase"),
                        name="a_responses_audience_names_nothing_twice",
                        nulls_distinct=False,
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Moved",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="moved", to="consultations.response"
                    ),
                ),
                ("was_on", models.DateField()),
                ("now_on", models.DateField()),
                ("why", models.TextField()),
                ("moved_at", models.DateTimeField()),
                (
                    "moved_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["moved_at", "id"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("why", ""), _negated=True), name="a_moved_closing_date_says_why"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Question",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="questions",
                        to="consultations.response",
                    ),
                ),
                ("place", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=20)),
                ("words", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("yes-no", "Yes or no"), ("agree", "Agree or disagree"), ("free", "In words")],
                        max_length=20,
                    ),
                ),
            ],
            options={
                "ordering": ["response", "place"],
                "constraints": [
                    models.UniqueConstraint(
                        deferrable=django.db.models.constraints.Deferrable["DEFERRED"],
                        fields=("response", "place"),
                        name="a_place_among_questions_is_taken_once",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("words", ""), _negated=True), name="a_question_has_its_words"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Answer",
            fields=[
                (
                    "question",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="answer",
                        serialize=False,
                        to="consultations.question",
                    ),
                ),
                ("choice", models.CharField(blank=True, max_length=30)),
                ("words", models.TextField(blank=True)),
                ("is_left_out", models.BooleanField(default=False)),
                ("version", models.PositiveIntegerField()),
                ("written_at", models.DateTimeField()),
                (
                    "written_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), ("is_left_out", True), ("words", "")),
                            models.Q(
                                ("is_left_out", False),
                                models.Q(
                                    models.Q(("choice", ""), _negated=True),
                                    models.Q(("words", ""), _negated=True),
                                    _connector="OR",
                                ),
                            ),
                            _connector="OR",
                        ),
                        name="an_answer_says_something_or_is_left_out",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Contribution",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="consultations.response",
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="contributions",
                        to="people.organisation",
                    ),
                ),
                ("invited_at", models.DateTimeField()),
                ("version", models.PositiveIntegerField(default=0)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["organisation__name", "id"],
                "indexes": [models.Index(fields=["organisation", "response"], name="consultatio_organis_baa21b_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("response", "organisation"), name="an_organisation_contributes_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", True), ("version", 0)),
                            models.Q(("sent_at__isnull", False), ("version__gt", 0)),
                            _connector="OR",
                        ),
                        name="a_contribution_that_was_sent_says_when",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Wording",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contribution",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="wordings",
                        to="consultations.contribution",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("sent_at", models.DateTimeField()),
                (
                    "sent_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["contribution", "number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("contribution", "number"), name="a_wording_of_a_contribution_stands_once"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "wording",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="consultations.wording"
                    ),
                ),
                (
                    "question",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="replies", to="consultations.question"
                    ),
                ),
                ("choice", models.CharField(blank=True, max_length=30)),
                ("words", models.TextField(blank=True)),
            ],
            options={
                "ordering": ["wording", "question__place"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("wording", "question"), name="a_wording_replies_once_to_a_question"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("choice", ""), _negated=True),
                            models.Q(("words", ""), _negated=True),
                            _connector="OR",
                        ),
                        name="a_reply_says_something",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "response",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="submissions",
                        to="consultations.response",
                    ),
                ),
                ("number", models.PositiveIntegerField()),
                ("sent_on", models.DateField()),
                (
                    "way",
                    models.CharField(
                        choices=[("form", "By the online form"), ("email", "By e-mail"), ("post", "By post")],
                        max_length=20,
                    ),
                ),
                ("reference", models.CharField(blank=True, max_length=200)),
                ("text", models.TextField()),
                ("digest", models.CharField(max_length=64)),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="consultation_submission",
                        to="files.storedfile",
                    ),
                ),
                ("recorded_at", models.DateTimeField()),
                (
                    "recorded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["response", "-number"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("response", "number"), name="a_record_of_what_was_sent_stands_once"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(models.Q(("text", ""), _negated=True), ("digest__regex", "^[0-9a-f]{64}$")),
                        name="what_was_sent_has_its_words_and_digest",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Notice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "contribution",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="notices",
                        to="consultations.contribution",
                    ),
                ),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.area",
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
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("invited", "A view is asked for"),
                            ("reminded", "The council reminds"),
                            ("soon", "It closes soon"),
                            ("moved", "It closes on another day"),
                            ("sent", "What was sent can be read"),
                            ("answered", "It was answered"),
                        ],
                        max_length=20,
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True)),
                ("made_at", models.DateTimeField()),
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
                ("told_at", models.DateTimeField(blank=True, null=True)),
            ],
            options={
                "ordering": ["made_at", "id"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("told_at__isnull", True)),
                        fields=["made_at"],
                        name="consultation_notices_to_tell",
                    )
                ],
                "constraints": [
                    models.UniqueConstraint(
                        condition=models.Q(("due_on__isnull", False)),
                        fields=("contribution", "area", "edition", "kind", "due_on"),
                        name="haven_gives_notice_once_for_a_day",
                        nulls_distinct=False,
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("area__isnull", True), ("contribution__isnull", False), ("edition__isnull", True)
                            ),
                            models.Q(
                                ("area__isnull", False), ("contribution__isnull", True), ("edition__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="a_notice_is_for_an_organisation_or_for_an_areas_leads",
                    ),
                ],
            },
        ),
    ]
