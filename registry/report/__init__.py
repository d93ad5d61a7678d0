"""The result of a check, for the people and programs that read it.

`view` says in the reader's language what was found, and the other modules write that down: `text` for a
terminal, `html` as a page, `csv` for a spreadsheet, `json` for programs. `turtle` gives the validator's own
report. `sheet` is the simple table in which standards and crosswalks are shown.

There is never a percentage: an average would hide the one thing that is missing.
"""
