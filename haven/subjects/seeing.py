"""By which ways whoever stands on subjects comes to a confidential row: for the locks in its migrations.

What a record says is locked by its ties (`tied`), and is added by whoever keeps the record (`owned`). What oversees
records without a tie (`overseen`) sees that they are there, what is done with them and whom they name, never what
they say. Exclusions, states and strength are for `policy.decide` to ask.
"""

from haven.people.seeing import Granted, OfArea, Related, Way
from haven.subjects.rules.ties import KEEPERS

TIES = "subjects_tierow"
RECORDS = "subjects_record"


def tied(column: str) -> list[Way]:
    """A tie that has not ended binds her, or an organisation of hers, to the record that a column names."""
    return [
        Related(TIES, "record_id", until="ends_at", of=column),
        Granted(TIES, "record_id", until="ends_at", of=column),
    ]


def owned(column: str) -> Way:
    """An organisation of hers keeps the record that a column names."""
    return Related(RECORDS, "id", organisation="owner_id", of=column)


def overseen(column: str) -> Way:
    """She keeps the records of the area that the record is of."""
    return OfArea("area_id", KEEPERS, table=RECORDS, row=column)
