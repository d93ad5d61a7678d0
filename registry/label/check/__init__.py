"""Checks a label that a stranger shows.

- `reading`       takes a credential from a file or an image
- `verification`  checks it with nothing but what it names
- `machine`       runs the machine's part again; `repetition` says where it agrees
- `dump`          finds the description that was assessed in a dump of the whole registry
"""
