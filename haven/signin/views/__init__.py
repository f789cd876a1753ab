"""The pages: signing in, second factors, the account."""
