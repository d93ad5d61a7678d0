"""Whether a label is confirmed nobody says but the registry."""

import pytest

from registry.ingest.verdict import VERDICTS
from tests.registry.ingest.publishing import PROJECT, publish, refusal


@pytest.mark.parametrize("word", sorted(VERDICTS))
def test_a_description_that_judges_its_own_label_is_refused(word: str) -> None:
    error = refusal(PROJECT + f"<#project> <https://a.example/label> [ <{word}> true ] .")

    assert (error.code, str(error.params["iris"])) == ("registry-words", f"<{word}>")


def test_a_description_may_tell_of_a_label() -> None:
    claim = "<#label> a k:Label ; k:awardedTo <#project> ."
    text = f"@prefix k: <https://w3id.org/koepel/def#> . {PROJECT} {claim}"

    assert len(publish(text).graph) == len(publish(PROJECT).graph) + 2
