"""For those who sign in with a token: what they are party to, always as it stands now.

- `entry`      who asks
- `signed_in`  what they may ask
- `account`    who they are here
- `case`       a case: its `standing`, its `dossier`, and what it has on `offer`
- `due`        what is to be done by when
- `overview`   what blocks most members of a body
- `preview`    what another version of a standard would mean
"""
