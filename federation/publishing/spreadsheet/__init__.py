"""Projects in a spreadsheet, one a row: a template with the code lists in it, and the way there and back.

`column` says what the columns are, `workbook` and `delimited` write a sheet as XLSX and as CSV, `grid` reads
either, and `row` turns rows into descriptions and descriptions into rows.
"""
