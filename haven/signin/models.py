"""The tables of sign-in's own. Factors, sessions and single sign-on links are rows of the sign-in library."""

from django.db import models

from haven.access.privacy import Privacy
from haven.people.models import Person


class CacheEntry(models.Model):
    """What all processes must know for a short while: failed tries, used codes. The cache alone reads it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    privacy = Privacy(keep="until it expires: a day at most", working="expires", personal="cache_key value")

    def __str__(self) -> str:
        return "cache entry"


class FactorReset(models.Model):
    """Somebody lost her second factors. Until she has a new one, she shows at sign-in that her address is hers."""

    person = models.OneToOneField(Person, on_delete=models.PROTECT, primary_key=True, related_name="factor_reset")
    reset_at = models.DateTimeField()

    privacy = Privacy(keep="until the person has a new second factor", working="reset_at", personal="person")

    def __str__(self) -> str:
        return f"reset for person {self.pk}"
