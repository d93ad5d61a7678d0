"""The registry on the web: pages for people in six languages, and addresses for programs.

- `app`          puts everything together; it opens and closes what a running site needs
- `site`         the state of the registry that a request is about, and who answers its questions
- `language`     the six languages, and which of them a reader prefers
- `address`      where each thing has its page, and how an address stays in one state
- `wording`      how terms, codes, dates and numbers read in a language
- `render`       templates with what every page needs
- `resource`     one address for people and programs
- `problem`      what went wrong, for people and for programs
- `openapi`      what programs can ask, described for them
- `condition`    how the registry is at this moment, for those who run it; `metrics` counts
- `pages/`       one module per group of pages or addresses

Around every answer, from the outside to the inside: `access` gives the request a number and writes a line in
the log, `header` adds what protects readers and names the state, `cors` opens it to scripts of other sites,
and `compression` makes it small.

No page needs a script, and none makes a browser call another server.
"""
