"""What a register lists and names: initiatives, organisations, codes, places.

- `node`          what can be asked for again, by identifier or IRI
- `listed`        what initiatives and organisations have in common
- `initiative`    programmes, projects, pilots, activities, platforms and networks
- `organisation`  organisations and groups of them
- `code`          terms and codes, with their lists
- `place`         countries and regions
- `award`         labels that somebody says an initiative has
- `resource`      anything else, by its name alone
"""
