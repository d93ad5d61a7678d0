"""The registry on the web: pages for people in six languages, and addresses for programs.

- `app`       puts everything together
- `site`      what all pages share: the graph, the catalogue, the standards
- `language`  the six languages, and which of them a reader prefers
- `address`   where each thing has its page
- `wording`   how terms, codes, dates and numbers read in a language
- `render`    templates with what every page needs
- `problem`   what went wrong, for people and for programs
- `header`    what every answer says to browsers
- `pages/`    one module per group of pages or addresses

No page needs a script, and none makes a browser call another server.
"""
