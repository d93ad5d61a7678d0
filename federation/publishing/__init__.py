"""Publishing without a server and without RDF: questions, a small site, a block to paste, a spreadsheet.

Everything here makes descriptions that stand on the publisher's own web space. What can be asked follows from
the shapes of the registry: `asking` finds it there and reads the answers, `profile` turns answers into a
description and back, `writing` writes it down, `site` and `snippet` publish it.
"""
