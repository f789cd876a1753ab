"""How people come in and stay in: passwords, passkeys, authenticator apps, single sign-on, sessions and their ends."""
