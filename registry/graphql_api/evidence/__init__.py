"""Who says what: documents, statements of sources with their contradictions, and who does what.

- `document`    what a publisher wrote, as the registry accepted it
- `source`      publications
- `statement`   what a publication says, and where two of them disagree
- `assignment`  who does what in an initiative
- `direction`   how governments direct
"""
