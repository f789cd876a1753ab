"""The screens of intelligence: for whoever tells, for the unit, for partners, for those who count."""
