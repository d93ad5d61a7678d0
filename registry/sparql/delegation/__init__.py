"""Parts of a query that another registry answers: `SERVICE`, without giving a query the network.

```
query ─▶ call (which parts, to whom) ─▶ peers (each is asked) ─▶ table ─▶ values ─▶ query without SERVICE
```

The first step reads a stranger's text and so happens in a worker; the worker that answers in the end has no
network. Who speaks to another server is given from outside: the registry itself knows no way to do so.
"""

from registry.sparql.delegation.call import Call, Plan, plan_calls
from registry.sparql.delegation.errands import Errands
from registry.sparql.delegation.peers import NOBODY, Account, Ask, Delegated, Peers, Reply, refuse_unasked
from registry.sparql.delegation.table import Statements, Table, read_statements, read_table, write_dataset

__all__ = [
    "NOBODY",
    "Account",
    "Ask",
    "Call",
    "Delegated",
    "Errands",
    "Peers",
    "Plan",
    "Reply",
    "Statements",
    "Table",
    "plan_calls",
    "read_statements",
    "read_table",
    "refuse_unasked",
    "write_dataset",
]
