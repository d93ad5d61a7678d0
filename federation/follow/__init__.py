"""Following a stream of changes: another registry's, or anybody's linked data event stream (LDES).

- `bookmark`    how far a stream was read
- `page`        one page of a stream: where it leads, and what it holds
- `member`      one member of a stream: what happened to a source, and what it says from then on
- `profile`     how a stream tells things: which property gives the order, which names the thing
- `judgement`   what becomes of a text that a member brings
- `roster`      which sources a stream may speak of here
- `watch`       when a stream takes away more than is believed at once
- `frontier`    which pages are still to be read, and which members wait for their turn
- `intake`      what the members bring is written down, and the bookmark with it
- `follower`    the way through a stream, from page to page

Pages are read in the order of the stream, each member is taken once, and the bookmark is written in the same
step as what the members brought. So whoever is interrupted goes on where it was.
"""

from federation.follow.follower import Followed, Follower

__all__ = ["Followed", "Follower"]
