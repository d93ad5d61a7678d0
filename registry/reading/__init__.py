"""What readers ask of the graph, as values that pages and GraphQL can show.

- `record`      the statements of the graph about one thing, gathered
- `text`        texts in the reader's languages, or in the nearest that there is
- `place`       countries and regions by name
- `entry`       one thing that can be found
- `facet`       what entries can be filtered by, and counted by
- `naming`      what the values of facets are called
- `shelf`       the entries of one family, ready to be filtered, counted and put in order
- `catalogue`   everything that can be found, read once from a finished graph
- `search`      filters, counts and pages of lists for people
- `description` what is stated of one thing, in the order in which people read it
- `statement`   what sources say, where they say it, and where they disagree
- `source`      publications, and the statements taken from them
- `governance`  who does what in a programme, and how governments direct it
- `standing`    where an initiative stands against each standard
- `award`       labels that somebody says an initiative has
- `account`     the documents that the registry publishes
- `concept`     the code lists and their codes
- `edition`     the finished states of the registry, each with all of this
- `past`        a few documents as they were at an earlier moment

What is read of one thing can be read of many at once, by one question. Everything comes from questions in
`registry/graph/queries`. Nothing here knows about web addresses.
"""
