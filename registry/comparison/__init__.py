"""Comparison: the tables that lay programmes or roles side by side, filled from the graph.

A table is data. `tables/<token>.ttl` names its columns and rows in six languages and says which query of
`queries/` fills a row; a column or row gives the query its programme, role or task. What stands in a cell is
decided by the structure of the descriptions alone (who has which task, which aims, which target groups) and
never by where a source printed it. Every item of a cell names the statements that it rests on.

1. `definition`  reads what a table is
2. `wording`     finds names and statements in the reader's language
3. `table`       fills the cells
4. `text`, `csv`, `html`  write a filled table down
"""
