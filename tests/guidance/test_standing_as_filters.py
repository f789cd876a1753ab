"""Each stage as a filter finds exactly the editions of which the rule says that they stand there."""

from datetime import date, timedelta
from itertools import product

import pytest

from haven.guidance.models import Edition
from haven.guidance.queries.standing import at_stage, in_force
from haven.guidance.rules.life import Days, Ending, Stage, faults_of, is_in_force, stage_on
from tests.cast import Cast
from tests.guidance.texts import document

pytestmark = pytest.mark.django_db
START = date(2026, 1, 1)
NAMES = ("opens_on", "closes_on", "issued_on", "for_information_on", "in_force_on", "ended_on")


def _every_life() -> list[Days]:
    """Every set of these dates, each present or not, a day apart, over with each ending."""
    lives = []
    for has in product((True, False), repeat=len(NAMES)):
        days = {
            name: START + timedelta(days=n)
            for n, (name, is_there) in enumerate(zip(NAMES, has, strict=True))
            if is_there
        }
        endings = list(Ending)[:2] if "ended_on" in days else [None]
        lives += [Days(**days, ending=ending) for ending in endings]
    return [life for life in lives if not faults_of(life)]


def test_a_filter_finds_what_the_rule_says(cast: Cast) -> None:
    of, lives = document(cast), _every_life()
    assert len(lives) > 80
    made = [Edition(document=of, label=str(n)) for n in range(len(lives))]
    for edition, life in zip(made, lives, strict=True):
        for name in NAMES:
            setattr(edition, name, getattr(life, name))
        edition.ending = life.ending.value if life.ending else ""
    Edition.objects.bulk_create(made)
    for day in (START + timedelta(days=n) for n in range(-1, 8)):
        for stage in Stage:
            found = set(Edition.objects.filter(at_stage(stage, day)).values_list("label", flat=True))
            assert found == {str(n) for n, life in enumerate(lives) if stage_on(life, day) is stage}, (stage, day)
        held = set(Edition.objects.filter(in_force(day)).values_list("label", flat=True))
        assert held == {str(n) for n, life in enumerate(lives) if is_in_force(life, day)}
