"""The rules of audits: when a cycle is open, who signs in which order, what is read, what is compared."""
