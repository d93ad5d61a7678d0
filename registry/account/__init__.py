"""People and teams who sign in, and what they may do.

What is personal or secret stands in a file beside the ledger; what counts, in the ledger.

- `actor`       who acts: an account, its roles, and how it came in
- `grant`       which account has which role, read from the ledger
- `secret`      the secret of the registry, and what is made from it
- `vault`       the file with what is personal
- `office`      vault and ledger together
- `account`     what is known of somebody
- `people`      what operators and owners do with accounts
- `invitation`  how somebody makes an account their own
- `password`, `totp`  what they sign in with here
- `oidc`        or at a provider of their own
- `lockout`     how many guesses there are, and that nobody can keep others out
- `signing_in`  all of it together
- `session`     how they stay signed in
- `token`       what their programs come with
"""
