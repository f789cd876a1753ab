"""The rows of bulletins, one module per noun."""

from haven.bulletins.models.bulletins import Announcement, Audience, Bulletin, Note, Version
from haven.bulletins.models.directory import Contact
from haven.bulletins.models.events import Event
from haven.bulletins.models.items import Item, ItemAudience

__all__ = ["Announcement", "Audience", "Bulletin", "Contact", "Event", "Item", "ItemAudience", "Note", "Version"]
