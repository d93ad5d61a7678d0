"""Quality standards, and where initiatives stand against them; outcomes are words, never percentages.

- `outcome`   the five words
- `standard`  standards, what they demand and the criteria that show it
- `standing`  where an initiative stands
- `report`    what a document lacks, and how to mend it
"""
