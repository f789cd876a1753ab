"""What somebody opened something for, as the register of disclosures keeps it."""

WHO = "Whom notification {reference} concerns"
WHAT = "What notification {reference} says"
