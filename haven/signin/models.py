"""The one table of sign-in's own. Factors, sessions and single sign-on links are rows of the sign-in library."""

from django.db import models

from haven.access.privacy import Privacy


class CacheEntry(models.Model):
    """What all processes must know for a short while: failed tries, used codes. The cache alone reads it."""

    cache_key = models.CharField(max_length=255, primary_key=True)
    value = models.TextField()
    expires = models.DateTimeField(db_index=True)

    privacy = Privacy(keep="until it expires: a day at most", working="expires", personal="cache_key value")

    def __str__(self) -> str:
        return "cache entry"
