"""What publishers are told about their sources, and what they tell the registry.

- `status`    where a source stands: the value from which all that follows is made
- `change`    what one version says that the one before did not
- `reason`    the reasons of the ledger in the reader's language
- `report`    a kept text held against the profile and the standards that it claims
- `finding`   a status with what changed and how the newest text fares
- `account`   a status in sentences, for the page, the mail and programs
- `statement` a status as RDF (DCAT, PROV, EARL)
- `link`      where a publisher's server says that it takes notifications
- `tray`      what has been told to whom, and what came in: a small file beside the ledger
- `inbox`     a notification that comes in: it only brings the next visit forward
- `bureau`    what is at hand where notices are sent, and which there are to send
- `outbox`    a report that goes to the inbox of a source
- `consent`   whether an owner wants mail: asked once, stopped at any time
- `mail`      one mail about several sources, and how it is sent
- `mailing`   the mails of one round: who is asked, and who gets news
- `notify`    all that is due, sent
- `certification`  what those who have signed in are told of labels
"""
