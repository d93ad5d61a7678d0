"""What readers ask of the graph, as values that pages and GraphQL can show.

- `record`      the statements of the graph about one thing, gathered
- `text`        texts in the reader's language, or in the nearest that there is
- `place`       countries and regions by name
- `catalogue`   everything that can be found, read once from a finished graph
- `search`      filters, counts and pages over the catalogue
- `description` what is stated of one thing, in the order in which people read it
- `statement`   what sources say, where they say it, and where they disagree
- `governance`  who does what in a programme, and how governments direct it
- `edition`     one finished state of the registry, with all of this
- `standing`    where an initiative stands against each standard

Everything comes from questions in `registry/graph/queries`. Nothing here knows about web addresses.
"""
