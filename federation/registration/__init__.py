"""How sources join the registry: by proof of control, through an umbrella organisation, and under whose name.

- `claim`          who asks to be listed with which address, and the code that stands for it
- `sighting`       the codes that stand in a document, a web page or a list
- `challenge`      the question that only a server which was given the code can answer
- `proof`          looks whether a code stands where only the publisher can put it
- `umbrella`       whom an organisation names as its members, and so may act for
- `application`    what a publisher asks for, and whether it can be granted
- `enrolment`      writes down who is registered
- `recognition`    what kind of source stands at an address
- `organisation`   names, claims and merges organisations, and hands sources over
- `allowance`      how often one client may have its code looked for
- `own`            the codes that other registries gave to this one
"""
