"""On what a decision rests: the published description, evidence, and what was found.

- `description`  the published description that counts
- `evidence`     links and uploads; `upload` keeps the bytes
- `judgement`    what is claimed, evidenced and confirmed, and whether a level is reached
"""
