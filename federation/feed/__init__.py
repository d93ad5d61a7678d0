"""How others keep in step with this registry: a stream of changes, a catalogue, dumps, and a feed for people.

- `line`         one statement as a line of N-Triples
- `stream`       the addresses of the event stream, and its view: which pages there are
- `outline`      where in the ledger the pages lie, remembered as far as it can no longer change
- `page`         one page of the stream, written while it is read from the ledger
- `member`       one change as a member of the stream
- `shape.ttl`    what every member says, in SHACL
- `catalogue`    what there is to have, for data portals (DCAT-AP 3)
- `dump`         everything in files, made once a night
- `manifest`     what a dump holds, with checksums
- `atom`         what changed lately, for people with a feed reader
"""
