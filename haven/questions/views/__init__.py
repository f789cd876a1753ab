"""The screens of questionnaires, one module per noun."""
