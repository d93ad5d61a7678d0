"""What certifiers and projects look ahead to.

- `calendar`  what is due when, also as `ical`
- `live`      what no longer holds in the published description of a labelled project
- `overview`  all members of a body by requirement, and what blocks most of them
- `preview`   what another version of a standard would change
"""
