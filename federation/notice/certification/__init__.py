"""What those who have signed in are told of labels: what is due, what was done, what no longer holds.

- `reader`  who reads: accounts that somebody has set up, and that have a part in a case
- `news`    one thing to tell, and how those who were told of it are not told again
- `due`     what is due, from the calendar
- `done`    what the other side did in a case
- `watch`   labels whose description no longer says what it said
- `coming`  what an announced version of a standard would change
- `gather`  all news there is, whoever it is for
- `letter`  one mail with all that is new for a reader
- `round`   all of it, sent
"""
