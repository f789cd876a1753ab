"""The rules of questionnaires: what a template holds, how a question is answered, which apply, what clashes."""
