"""The registry in GraphQL: the same answers as the pages, for portals that pull listings.

The way of a question, from outside to inside:

- `request`   how it travels over HTTP
- `answer`    from a question to an answer
- `schema`    everything together, with what watches over every question
- `limit/`    how much one question may ask
- `state`     keeps the whole answer in one snapshot, also when a cursor belongs to an earlier one
- `session`   what a request goes by: the snapshot, the ledger, the languages
- `query/`    what can be asked
- `finding/`  filters, orders and counts
- `paging/`   lists in pages
- `thing/`    initiatives, organisations, codes and what else has a name
- `evidence/` documents, statements of sources, who does what, comparison tables
- `quality/`  standards, and where initiatives stand against them
- `loader`    puts the questions of many objects to the graph as one
- `entity`    what a gateway asks for that puts several registers together
- `mistake`   what went wrong, told to the one who asks

`schema.graphql` beside this file is the schema as clients see it; a test keeps it in step.
"""
