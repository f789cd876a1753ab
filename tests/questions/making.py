"""A lead's own questionnaires, and the steps of making them that tests share."""

from django.test import Client
from django.urls import reverse

from haven.questions import services
from haven.questions.models import Version
from tests.cast import NOW, Cast
from tests.questions.template import released


def drafted_template(cast: Cast, version: Version | None = None, *, title: str = "Ours") -> Version:
    """The area's own copy of the small template, a draft."""
    return services.copy_template(
        version_id=(version or released()).pk,
        area=cast.area,
        key=title.lower().replace(" ", "-"),
        title=title,
        by=cast.actor("marcus"),
        at=NOW,
    )


def released_copy(cast: Cast, version: Version | None = None) -> Version:
    """The area's own copy, released."""
    draft = drafted_template(cast, version, title="Our own")
    return services.release_version(version_id=draft.pk, by=cast.actor("marcus"), at=NOW)


class Maker:
    """A lead at her pages, who presses buttons and fills in forms."""

    def __init__(self, client: Client) -> None:
        self.client = client

    def at(self, name: str, *args: object) -> str:
        """The address of a page."""
        return reverse(f"questions:{name}", args=args)

    def see(self, name: str, /, *args: object, query: str = "", status: int = 200) -> str:
        """What a page says."""
        answer = self.client.get(self.at(name, *args) + query)
        assert answer.status_code == status, answer.status_code
        return answer.content.decode()

    def press(self, name: str, /, *args: object, query: str = "", status: int = 200, **typed: object) -> str:
        """What the page says to which a form leads."""
        answer = self.client.post(self.at(name, *args) + query, typed, follow=True)
        assert answer.status_code == status, (answer.status_code, answer.content.decode()[-6000:])
        return answer.content.decode()

    def keep(self, draft: Version, /, *thing: str, within: bool = False, query: str = "", **typed: object) -> Version:
        """The draft with one thing changed or added."""
        draft.refresh_from_db()
        name = (
            "add-within" if within else "change" if len(thing) > 1 else "change-head" if thing[0] == "about" else "add"
        )
        before = draft.revision
        answer = self.client.post(self.at(name, draft.pk, *thing) + query, {"seen": before} | typed)
        assert answer.status_code == 302, answer.content.decode()[-6000:]
        draft.refresh_from_db()
        assert draft.revision == before + 1
        return draft
