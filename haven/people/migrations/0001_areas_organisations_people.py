import django.contrib.postgres.constraints
import django.contrib.postgres.operations
import django.db.models.deletion
import django.db.models.functions.text
import haven.people.models.dated
import uuid
from django.conf import settings
from django.db import migrations, models

from haven.people.seeing import functions


class Migration(migrations.Migration):
    initial = True

    dependencies = [("ledger", "0001_the_ledger")]

    operations = [
        django.contrib.postgres.operations.BtreeGistExtension(),
        migrations.CreateModel(
            name="Area",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                ("code", models.CharField(max_length=3, unique=True)),
            ],
            options={
                "ordering": ["name"],
            },
        ),
        migrations.CreateModel(
            name="Person",
            fields=[
                ("password", models.CharField(max_length=128, verbose_name="password")),
                ("last_login", models.DateTimeField(blank=True, null=True, verbose_name="last login")),
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254, unique=True)),
                ("name", models.CharField(max_length=150)),
                ("is_active", models.BooleanField(default=True)),
                ("joined_at", models.DateTimeField(auto_now_add=True)),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="addresses_are_kept_in_small_letters",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Cluster",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=100)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="clusters", to="people.area"
                    ),
                ),
            ],
            options={
                "ordering": ["name"],
                "constraints": [
                    models.UniqueConstraint(fields=("area", "name"), name="a_clusters_name_stands_once_in_an_area")
                ],
            },
        ),
        migrations.CreateModel(
            name="Organisation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("school", "School"),
                            ("council", "Council"),
                            ("police", "Police"),
                            ("health", "Health"),
                            ("trainer", "Trainer"),
                            ("charity", "Charity"),
                            ("trust", "Trust"),
                            ("partnership", "Partnership"),
                        ],
                        max_length=20,
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("urn", models.PositiveIntegerField(blank=True, null=True, unique=True)),
                ("group_number", models.PositiveIntegerField(blank=True, null=True, unique=True)),
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
                            ("", "Not applicable"),
                        ],
                        default="",
                        max_length=20,
                    ),
                ),
                ("school_type", models.CharField(blank=True, max_length=100)),
                ("trust_name", models.CharField(blank=True, max_length=200)),
                ("street", models.CharField(blank=True, max_length=200)),
                ("town", models.CharField(blank=True, max_length=100)),
                ("postcode", models.CharField(blank=True, max_length=20)),
                ("website", models.CharField(blank=True, max_length=300)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("open", "Open"),
                            ("proposed", "Proposed to open"),
                            ("closing", "Open, but proposed to close"),
                            ("closed", "Closed"),
                        ],
                        default="open",
                        max_length=20,
                    ),
                ),
                ("opened_on", models.DateField(blank=True, null=True)),
                ("closed_on", models.DateField(blank=True, null=True)),
                ("source_digest", models.CharField(blank=True, max_length=64)),
                (
                    "trust",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="schools",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["name", "urn"],
                "indexes": [models.Index(fields=["kind", "status", "name"], name="people_orga_kind_4abea0_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("kind", "school"), ("urn__isnull", False)),
                            models.Q(("kind", "school"), _negated=True),
                            _connector="OR",
                        ),
                        name="every_school_has_a_urn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closed_on__isnull", True),
                            ("opened_on__isnull", True),
                            ("closed_on__gte", models.F("opened_on")),
                            _connector="OR",
                        ),
                        name="no_organisation_closes_before_it_opens",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="DayOverride",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("day_on", models.DateField()),
                ("is_open", models.BooleanField(default=False)),
                ("why", models.CharField(blank=True, max_length=100)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="day_overrides",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "ordering": ["day_on"],
                "constraints": [
                    models.UniqueConstraint(fields=("organisation", "day_on"), name="a_school_differs_once_a_day")
                ],
            },
        ),
        migrations.CreateModel(
            name="ClusterPlace",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "cluster",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="places", to="people.cluster"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="cluster_places",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("cluster", "="),
                            ("organisation", "="),
                            (haven.people.models.dated.Between(), "&&"),
                        ],
                        name="a_school_is_in_a_cluster_once_at_a_time",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Post",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "role",
                    models.CharField(
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
                ),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to="people.organisation"
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="posts", to=settings.AUTH_USER_MODEL
                    ),
                ),
            ],
            options={
                "ordering": ["organisation", "role", "starts_on"],
                "indexes": [models.Index(fields=["organisation", "role"], name="people_post_organis_ec1384_idx")],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ends_on__isnull", True), ("ends_on__gte", models.F("starts_on")), _connector="OR"
                        ),
                        name="no_post_ends_before_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[
                            ("person", "="),
                            ("organisation", "="),
                            ("role", "="),
                            (haven.people.models.dated.Between(), "&&"),
                        ],
                        name="a_person_holds_a_post_once_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Invitation",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("email", models.EmailField(max_length=254)),
                ("name", models.CharField(max_length=150)),
                (
                    "role",
                    models.CharField(
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
                ),
                ("starts_on", models.DateField()),
                ("invited_at", models.DateTimeField()),
                ("expires_at", models.DateTimeField()),
                ("secret_hash", models.CharField(max_length=64, unique=True)),
                ("accepted_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                (
                    "invited_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invited",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitations",
                        to="people.organisation",
                    ),
                ),
                (
                    "post",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="invitation",
                        to="people.post",
                    ),
                ),
            ],
            options={
                "ordering": ["-invited_at"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("accepted_at__isnull", True), ("post__isnull", True)),
                            models.Q(("accepted_at__isnull", False), ("post__isnull", False)),
                            _connector="OR",
                        ),
                        name="an_accepted_invitation_has_its_post",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("accepted_at__isnull", True), ("withdrawn_at__isnull", True), _connector="OR"
                        ),
                        name="no_accepted_invitation_is_withdrawn",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("email", django.db.models.functions.text.Lower("email"))),
                        name="invited_addresses_are_in_small_letters",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("expires_at__gt", models.F("invited_at"))),
                        name="no_invitation_expires_before_it_is_sent",
                    ),
                    models.UniqueConstraint(
                        condition=models.Q(("accepted_at__isnull", True), ("withdrawn_at__isnull", True)),
                        fields=("email", "organisation", "role"),
                        name="an_invitation_to_a_post_is_open_once",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Cover",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "covered_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to=settings.AUTH_USER_MODEL
                    ),
                ),
                (
                    "post",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="covers", to="people.post"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gt", models.F("starts_on"))), name="a_cover_lasts_at_least_a_day"
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("post", "="), (haven.people.models.dated.Between(), "&&")],
                        name="a_post_has_one_cover_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ServedArea",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("is_home", models.BooleanField(default=True)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField(blank=True, null=True)),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="served_by", to="people.area"
                    ),
                ),
                (
                    "organisation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="served_areas",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["area", "organisation"], name="people_serv_area_id_ee64e1_idx")],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("organisation", "="), ("area", "="), (haven.people.models.dated.Between(), "&&")],
                        name="an_organisation_serves_an_area_once_at_a_time",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=models.Q(("is_home", True)),
                        expressions=[("organisation", "="), (haven.people.models.dated.Between(), "&&")],
                        name="an_organisation_lies_in_one_area_at_a_time",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Succession",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "predecessor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="successions",
                        to="people.organisation",
                    ),
                ),
                (
                    "successor",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="precessions",
                        to="people.organisation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(fields=("predecessor", "successor"), name="a_succession_stands_once"),
                    models.CheckConstraint(
                        condition=models.Q(("predecessor", models.F("successor")), _negated=True),
                        name="no_school_succeeds_itself",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="TermDates",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("school_year", models.PositiveSmallIntegerField()),
                ("name", models.CharField(max_length=50)),
                ("starts_on", models.DateField()),
                ("ends_on", models.DateField()),
                (
                    "area",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="term_dates", to="people.area"
                    ),
                ),
            ],
            options={
                "ordering": ["starts_on"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("ends_on__gte", models.F("starts_on"))),
                        name="no_term_ends_before_it_starts",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        expressions=[("area", "="), (haven.people.models.dated.BetweenAndWith(), "&&")],
                        name="terms_of_an_area_do_not_overlap",
                    ),
                ],
            },
        ),
        migrations.RunSQL(functions.MADE, functions.GONE),
    ]
