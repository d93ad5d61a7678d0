"""The registry in GraphQL: the same answers as the pages, for portals that pull listings.

- `value`     texts, codes and the frame in which a request is answered
- `evidence`  statements of sources, and where they disagree
- `quality`   standards, and where an initiative stands against them
- `types`     initiatives, organisations and who does what
- `queries`   what can be asked
- `schema`    everything together, with limits on what one request may ask

`schema.graphql` beside this file is the schema as clients see it; a test keeps it in step.
"""
