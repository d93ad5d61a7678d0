"""Ingest: from the bytes that a stranger published to a graph that can be trusted to be only data.

The order is the order of the checks, and each step lives in the module of its name:

1. `guard`      size, compression, characters: is this text of a bearable length?
2. `detect`     which format is it, and does the content agree with what the server said?
   `page`       in a web page: which of its statements are the description? Steps 3 to 5 are within it
3. `nesting`    is it nested no deeper than people write?
4. `context`    JSON-LD: every context comes from this folder, none from the network
5. `parse`      statements, one by one, up to a limit
6. `canonical`  one form for equal statements (RDFC-1.0), and its hash
7. `space`      does the document describe only what is its publisher's? And does it leave it to the registry
                to say whether a label counts (`verdict`)?
8. `privacy`    does it name persons? The registry holds none

Steps 1 to 6 are `reader`. It runs in a process of its own with little memory and little time, started by
`sandbox`, because the work that a short document can cause has no bound. Steps 7 and 8 see only the canonical
statements. `document` is the whole way and the one thing that others call.
"""
