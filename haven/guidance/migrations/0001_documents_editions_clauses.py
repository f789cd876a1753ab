import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
import django.db.models.deletion
import uuid
from django.db import migrations, models

# Words are stemmed, and none is left out: "must" and "should" are what people look for. Where two of the commonest words
# stand in a row the pair is a word too, or a search for such a row would read every clause that has both.
WORDS = """
create text search dictionary guidance_stems (template = snowball, language = english);
create text search configuration guidance (copy = english);
alter text search configuration guidance
    alter mapping for asciiword, word, hword, hword_part, hword_asciipart, asciihword with guidance_stems;

create function guidance_words_of(plain text) returns tsvector language plpgsql immutable parallel safe as $$
declare
    words tsvector := to_tsvector('guidance', plain);
    pairs text[];
begin
    with common as (
        select lexeme, unnest(positions) as place
        from unnest(words)
        where lexeme = any (string_to_array(
            'the of and to in a or for be is that with on child must should school by are as ani not their safeguard may '
            'who from this bodi govern staff which at have an educ it inform all local author where care will if other '
            'support they these colleg design lead can need provid ensur includ work do has more when such there been '
            'risk servic polici person guidanc abus har harm also you your our was were what how than them into but no '
            'use make',
            ' '
        ))
    )
    select array_agg(distinct first.lexeme || '+' || next.lexeme) into pairs
    from common first join common next on next.place = first.place + 1;
    return words || coalesce(array_to_tsvector(pairs), '');
end
$$;

create function guidance_row_of(plain text) returns tsquery language plpgsql immutable parallel safe as $$
declare
    pairs text;
begin
    select string_agg(quote_literal(lexeme), ' & ') into pairs
    from unnest(guidance_words_of(plain))
    where lexeme like '%+%';
    return phraseto_tsquery('guidance', plain) && coalesce(pairs::tsquery, phraseto_tsquery('guidance', plain));
end
$$;

-- Planned anew each time, by how common the words are, and never by reading the whole table. Pages of an index count as
-- cheap: for words that are everywhere the editions are walked, and left as soon as enough is found.
create function guidance_found(wanted tsquery, within uuid[], most integer) returns table (worth real, clause bigint)
language plpgsql stable parallel safe rows 300
set enable_seqscan = off set random_page_cost = 1.1 set plan_cache_mode = force_custom_plan as $$
begin
    return query
        select ts_rank_cd(found.search, wanted), found.id
        from guidance_clause found
        where found.search @@ wanted and found.edition_id = any (within)
        limit most;
end
$$;
"""

NO_WORDS = """
drop function guidance_found(tsquery, uuid[], integer);
drop function guidance_row_of(text);
drop function guidance_words_of(text);
drop text search configuration guidance;
drop text search dictionary guidance_stems;
"""


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("files", "0001_files_and_their_sealed_content"),
        ("people", "0001_areas_organisations_people"),
    ]

    operations = [
        migrations.RunSQL(WORDS, NO_WORDS),
        migrations.CreateModel(
            name="Document",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.SlugField(blank=True, max_length=80, null=True, unique=True)),
                ("title", models.CharField(max_length=300)),
                (
                    "short_names",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=300), blank=True, default=list, size=None
                    ),
                ),
                ("publisher", models.CharField(max_length=300)),
                (
                    "standing",
                    models.CharField(
                        choices=[
                            ("statutory", "Statutory guidance"),
                            ("advice", "Advice"),
                            ("local", "Local procedure"),
                        ],
                        max_length=20,
                    ),
                ),
                ("for_whom", models.TextField(blank=True)),
                ("address", models.URLField(blank=True, max_length=1000)),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.URLField(max_length=1000), blank=True, default=list, size=None
                    ),
                ),
                (
                    "unsourced",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("pack", models.CharField(blank=True, max_length=80)),
                ("pack_version", models.PositiveIntegerField(blank=True, null=True)),
                ("withdrawn_on", models.DateField(blank=True, null=True)),
                ("withdrawn_why", models.TextField(blank=True)),
                (
                    "area",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance",
                        to="people.area",
                    ),
                ),
            ],
            options={
                "ordering": ["title", "id"],
                "indexes": [
                    models.Index(fields=["area", "title"], name="guidance_do_area_id_7f0b13_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("area__isnull", True),
                                ("key__isnull", False),
                                ("pack_version__isnull", False),
                                models.Q(("pack", ""), _negated=True),
                            ),
                            models.Q(
                                ("area__isnull", False),
                                ("key__isnull", True),
                                ("pack", ""),
                                ("pack_version__isnull", True),
                            ),
                            _connector="OR",
                        ),
                        name="a_document_is_of_the_catalogue_or_of_an_area",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("standing", "local"), _negated=True), ("area__isnull", False), _connector="OR"
                        ),
                        name="a_local_document_belongs_to_an_area",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("title", ""), _negated=True), models.Q(("publisher", ""), _negated=True)
                        ),
                        name="a_document_has_title_and_publisher",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("withdrawn_on__isnull", True), ("withdrawn_why", "")),
                            models.Q(
                                ("area__isnull", False),
                                ("withdrawn_on__isnull", False),
                                models.Q(("withdrawn_why", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="only_an_areas_own_document_is_withdrawn_and_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Edition",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("key", models.SlugField(blank=True, max_length=80, null=True)),
                ("label", models.CharField(max_length=120)),
                ("note", models.TextField(blank=True)),
                ("expected_on", models.DateField(blank=True, null=True)),
                ("opens_on", models.DateField(blank=True, null=True)),
                ("closes_on", models.DateField(blank=True, null=True)),
                ("answered_on", models.DateField(blank=True, null=True)),
                ("issued_on", models.DateField(blank=True, null=True)),
                ("for_information_on", models.DateField(blank=True, null=True)),
                ("in_force_on", models.DateField(blank=True, null=True)),
                ("ended_on", models.DateField(blank=True, null=True)),
                (
                    "ending",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("superseded", "Superseded by another edition"),
                            ("withdrawn", "Withdrawn"),
                            ("absorbed", "Absorbed into another document"),
                        ],
                        max_length=20,
                    ),
                ),
                ("ended_why", models.TextField(blank=True)),
                ("ended_with_document", models.BooleanField(default=False)),
                ("said", models.JSONField(blank=True, default=dict)),
                ("copyright_line", models.CharField(blank=True, max_length=300)),
                ("pages", models.PositiveIntegerField(blank=True, null=True)),
                ("changes_table", models.CharField(blank=True, max_length=200)),
                ("address", models.URLField(blank=True, max_length=1000)),
                ("consultation_address", models.URLField(blank=True, max_length=1000)),
                (
                    "sources",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.URLField(max_length=1000), blank=True, default=list, size=None
                    ),
                ),
                (
                    "unsourced",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), blank=True, default=list, size=None
                    ),
                ),
                ("given_at", models.DateTimeField(blank=True, null=True)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("words_digest", models.CharField(blank=True, max_length=64)),
                ("cover_digest", models.CharField(blank=True, max_length=64)),
                ("clause_count", models.PositiveIntegerField(default=0)),
                (
                    "absorbed_into",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="absorbed",
                        to="guidance.document",
                    ),
                ),
                (
                    "document",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="editions", to="guidance.document"
                    ),
                ),
                (
                    "file",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="guidance_edition",
                        to="files.storedfile",
                    ),
                ),
                (
                    "given_for",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.area",
                    ),
                ),
                (
                    "superseded_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="supersedes",
                        to="guidance.edition",
                    ),
                ),
            ],
            options={
                "ordering": [
                    "document",
                    models.OrderBy(models.F("issued_on"), nulls_last=True),
                    models.OrderBy(models.F("in_force_on"), nulls_last=True),
                    "id",
                ],
                "indexes": [
                    models.Index(fields=["document", "in_force_on"], name="guidance_ed_documen_f2538c_idx"),
                    models.Index(fields=["words_digest"], name="guidance_ed_words_d_40aed0_idx"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("document", "key"), name="an_editions_key_stands_once_in_its_document"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="an_edition_has_its_label"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("closes_on__isnull", True),
                            ("opens_on__isnull", True),
                            ("closes_on__gte", models.F("opens_on")),
                            _connector="OR",
                        ),
                        name="no_consultation_closes_before_it_opens",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("in_force_on__isnull", True),
                            ("issued_on__isnull", True),
                            ("in_force_on__gte", models.F("issued_on")),
                            _connector="OR",
                        ),
                        name="no_edition_is_in_force_before_it_is_issued",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("ended_on__isnull", True), ("ending", "")),
                            models.Q(("ended_on__isnull", False), models.Q(("ending", ""), _negated=True)),
                            _connector="OR",
                        ),
                        name="an_edition_that_ended_says_how",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("ended_on__isnull", True),
                            ("in_force_on__isnull", True),
                            ("ended_on__gte", models.F("in_force_on")),
                            _connector="OR",
                        ),
                        name="no_edition_ends_before_it_is_in_force",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("superseded_by__isnull", True), ("ending", "superseded"), _connector="OR"),
                        name="what_follows_an_edition_supersedes_it",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("absorbed_into__isnull", False), ("ending", "absorbed")),
                            models.Q(("absorbed_into__isnull", True), models.Q(("ending", "absorbed"), _negated=True)),
                            _connector="OR",
                        ),
                        name="what_is_absorbed_says_into_what",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("file__isnull", True), models.Q(("sha256", ""), _negated=True), _connector="OR"
                        ),
                        name="an_editions_file_has_its_fingerprint",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Clause",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("place", models.PositiveIntegerField()),
                ("number", models.CharField(blank=True, max_length=60)),
                (
                    "heading",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.TextField(), blank=True, default=list, size=None
                    ),
                ),
                ("text", models.TextField()),
                ("key", models.TextField(blank=True)),
                ("page", models.PositiveIntegerField(blank=True, null=True)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("heading", "Heading"),
                            ("paragraph", "Paragraph"),
                            ("bullet", "Entry of a list"),
                            ("row", "Row of a table"),
                            ("footnote", "Footnote"),
                        ],
                        max_length=20,
                    ),
                ),
                ("search", django.contrib.postgres.search.SearchVectorField(null=True)),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="clauses", to="guidance.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["edition", "place"],
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(fields=["search"], name="clauses_by_their_words"),
                ],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "place"), name="a_clauses_place_stands_once_in_its_edition"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Promise",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("expected_on", models.DateField()),
                ("said", models.CharField(blank=True, max_length=100)),
                ("noted_on", models.DateField()),
                (
                    "edition",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="promises", to="guidance.edition"
                    ),
                ),
            ],
            options={
                "ordering": ["noted_on", "id"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("edition", "noted_on"), name="an_edition_is_promised_once_on_a_day"
                    ),
                ],
            },
        ),
    ]
