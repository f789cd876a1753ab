"""A note of the kind that a lead sends: deadlines, people, links, things to do and not to do, in running text."""

from datetime import date, timedelta

NOTE = """\
Cluster Meetings – {opening}:

· Marcus Hale, Education Safeguarding Lead:
Firstly, thank you for all that you do. If you haven’t already please fill out the cluster survey –
https://survey.example.org/cluster

· The safeguarding audit has now been sent out to DSLs and Heads.
Please complete it online and return the attached action plan by {due}. Any questions just let me know.

Key speakers:
· Gwen Kestrel – Safe Tides Project Lead
Currently only about 5 schools share information with Gwen. We request that all schools share information with them.
Gwen’s details: Phone: 07700 900245   E-mail:   gwen.kestrel@example.org

· PC Bell – Safer Schools Officer
PC Bell is happy to take calls. However,
please do not leave messages about urgent police matters: ring 999 in an emergency.
PC Bell:   Tel: 07700 900111       Email: pc.bell@example.org
**(for professional use only – not to be passed to parents.)**

· Domestic abuse notifications
Please can everyone remember to send in their monthly returns.
If a child is not in school please do not call the parent or the child about a notification.

· Training
Governor safeguarding awareness training is run each term. Next date is {training}, 6pm to 7:30pm via Microsoft Teams.
11% of 11 – 16 year olds had spent their own money on a gambling activity (this equates to 350,000).
"""


def written(today: date) -> str:
    """The note as sent today."""
    days = {"opening": today, "due": today + timedelta(days=30), "training": today + timedelta(days=47)}
    return NOTE.format(**{name: f"{day:%A} {day.day} {day:%B %Y}" for name, day in days.items()})
