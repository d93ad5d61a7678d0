"""What changed between two texts, in words."""

from rdflib import Graph

from federation.notice.account import tell_change
from federation.notice.change import Kind, compare
from tests.federation.description import AUDIENCE, PRIVATE_MAILBOX, text


def graph(data: bytes) -> Graph:
    """Read a description."""
    return Graph().parse(data=data, format="turtle")


def test_nothing_changed_when_only_the_file_did() -> None:
    changes = compare(graph(text(more=PRIVATE_MAILBOX)), graph(b"# new\n" + text(more=PRIVATE_MAILBOX)), "en")

    assert (changes.changes, changes.added, changes.removed) == ((), 0, 0)


def test_a_changed_title_is_told_with_the_present_one() -> None:
    changes = compare(graph(text(title="One")), graph(text(title="Two")), "nl")

    (change,) = changes.changes
    assert (change.kind, change.thing, change.about) == (Kind.CHANGED, "Fictitious project Two", ("titel",))


def test_a_change_inside_a_part_without_a_name_is_told_of_its_owner() -> None:
    before, after = graph(text(more=AUDIENCE)), graph(text(more=AUDIENCE + PRIVATE_MAILBOX))

    assert [one.about for one in compare(before, after, "en").changes] == [("fixed contact point",)]
    other = graph(text(more=AUDIENCE + PRIVATE_MAILBOX.replace("x@", "y@")))
    assert [one.about for one in compare(after, other, "en").changes] == [("fixed contact point",)]


def test_a_new_thing_and_one_that_is_gone_are_named() -> None:
    more = b'\n<#place> a <https://w3id.org/koepel/def#Programme> ; dct:title "Place"@en .'
    changes = compare(graph(text()), graph(text() + more), "en").changes
    back = compare(graph(text() + more), graph(text()), "en").changes

    assert [tell_change(one, "en") for one in (*changes, *back)] == [
        "New: Place (programme)",
        "No longer there: Place (programme)",
    ]


def test_parts_that_contain_each_other_end() -> None:
    ring = b"@prefix a: <urn:a#> . a:x a:p _:b . _:b a:p _:c . _:c a:p _:b ."

    assert compare(graph(ring), graph(ring + b" _:c a:q 1 ."), "en").added == 1
