"""Codes come with their lists, so that a portal can offer what filters take."""

from tests.registry.graphql_api.conftest import Ask


def test_a_list_says_what_its_codes_mean(ask: Ask) -> None:
    text = """{ codeList(name: "target-group", language: NL) { name title { value language }
      codes { notation label definition { value } broader { notation } scheme { name } } } }"""
    found = ask(text)["codeList"]
    codes = {one["notation"]: one for one in found["codes"]}

    assert (found["name"], found["title"]) == ("target-group", {"value": "Doelgroepen", "language": "nl"})
    assert codes["refugee"]["label"] == "Vluchteling"
    assert codes["asylum-seeker"]["broader"] == [{"notation": "newcomer"}]
    assert all(
        one["definition"]["value"] and one["scheme"] == {"name": "target-group"} for one in codes.values()
    )


def test_all_lists_are_named(ask: Ask) -> None:
    lists = ask("{ codeLists { name title { value } } }")["codeLists"]

    assert {"target-group", "unit-format", "task", "governance-role"} <= {one["name"] for one in lists}
    assert ask('{ codeList(name: "nothing") { name } }') == {"codeList": None}


def test_filters_take_what_codes_are_called(ask: Ask) -> None:
    text = "{ projects(first: 100) { nodes { targetGroups { notation } formats { notation } } } }"
    nodes = ask(text)["projects"]["nodes"]
    group = next(one["targetGroups"][0]["notation"] for one in nodes if one["targetGroups"])

    found = ask(f'{{ projects(filter: {{targetGroup: "{group}"}}) {{ totalCount }} }}')
    assert found["projects"]["totalCount"] == sum(
        group in [code["notation"] for code in one["targetGroups"]] for one in nodes
    )
