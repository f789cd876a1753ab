"""What the sign-in library, the cache and the sessions call back into, so that they do as Haven does."""
