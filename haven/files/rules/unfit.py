"""Why a file is not kept."""


class Unfit(Exception):
    """The file is not kept. Its message is one plain sentence for whoever gave it."""
