"""The rules of moderation: what is read first, how a feedback is bound, whom a visit draws."""
