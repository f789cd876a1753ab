"""The append-only record of what was done and disclosed, sealed as a signed tree."""
