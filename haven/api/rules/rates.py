"""How many requests somebody may send: a bucket that fills steadily and is emptied by each request."""

from threading import Lock

REMEMBERED = 10_000  # buckets; a full one says nothing and is forgotten first


class Rates:
    """Buckets in this process, one for each name. With several processes each has its own, so the limit is soft.

    Nothing is counted in the database: a count in the way of what is urgent has stopped others (security.md §1.5).
    """

    def __init__(self, *, a_second: float, at_once: int) -> None:
        self.a_second, self.at_once = a_second, at_once
        self._buckets: dict[str, tuple[float, float]] = {}  # what is left, and as of when, in seconds
        self._lock = Lock()

    def wait(self, name: str, *, now: float) -> float:
        """Take one; 0 where there was one to take, else after how many seconds there will be."""
        with self._lock:
            left, since = self._buckets.pop(name, (float(self.at_once), now))
            left = min(float(self.at_once), left + max(0.0, now - since) * self.a_second)
            is_there = left >= 1
            self._buckets[name] = (left - 1 if is_there else left, now)
            while len(self._buckets) > REMEMBERED:
                del self._buckets[next(iter(self._buckets))]
            return 0.0 if is_there else (1 - left) / self.a_second
