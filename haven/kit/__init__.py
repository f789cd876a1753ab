"""Page parts on the GOV.UK Design System."""
