import django.db.models.deletion
import uuid
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.CreateModel(
            name="StoredFile",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("name", models.CharField(max_length=120)),
                ("media_type", models.CharField(max_length=100)),
                ("size", models.PositiveIntegerField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "state",
                    models.CharField(
                        choices=[("quarantine", "Being checked"), ("clean", "Checked"), ("refused", "Refused")],
                        max_length=20,
                    ),
                ),
                ("refusal", models.CharField(blank=True, max_length=200)),
                ("stored_at", models.DateTimeField()),
            ],
            options={
                "ordering": ["-stored_at"],
                "indexes": [
                    models.Index(
                        condition=models.Q(("state", "quarantine")), fields=["stored_at"], name="files_in_quarantine"
                    )
                ],
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("size__gte", 1)), name="no_file_is_empty"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("state", "refused"), models.Q(("refusal", ""), _negated=True)),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("refusal", "")),
                            _connector="OR",
                        ),
                        name="a_refused_file_says_why",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="SealedContent",
            fields=[
                (
                    "file",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="sealed",
                        serialize=False,
                        to="files.storedfile",
                    ),
                ),
                ("wrapped_key", models.BinaryField()),
                ("content", models.BinaryField()),
            ],
        ),
        migrations.RunSQL(  # sealed bytes do not compress: do not try
            sql="alter table files_sealedcontent alter column content set storage external",
            reverse_sql="alter table files_sealedcontent alter column content set storage extended",
        ),
    ]
