"""Answers the SPARQL queries of strangers: within limits, on frozen states, in processes that can be lost.

```
question ─▶ check ─▶ evaluation ─▶ outlet        in a process of its own (worker), kept in by confinement
    ▲                                 │ frames, and a file for what is large
   pool ─ turn ─ crew ─ process ─▶ answer ─▶ reader
    │
delegation ─▶ peers                              other registries answer their parts before
```
"""

from registry.sparql.evaluation import Written, answer_query
from registry.sparql.limits import Limits
from registry.sparql.question import Wanted

__all__ = ["Limits", "Wanted", "Written", "answer_query"]
