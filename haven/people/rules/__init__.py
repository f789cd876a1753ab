"""Tables and pure functions of people: who may be put where, and what the national register's rows say."""
