"""The settings come from the environment, and a wrong one is told by its name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.errors import InvalidDataError
from registry.settings import Settings, settings


@pytest.fixture(autouse=True)
def _read_anew() -> Iterator[None]:
    settings.cache_clear()
    yield
    settings.cache_clear()


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_says_what_it_is_for(name: str) -> None:
    description = Settings.model_fields[name].description or ""

    assert description[:1].isupper()
    assert description.endswith(".")


@pytest.mark.parametrize("name", Settings.model_fields)
def test_every_setting_has_a_default(name: str) -> None:
    assert not Settings.model_fields[name].is_required()


def test_a_setting_is_read_from_its_variable(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("KOEPEL_HOME", str(tmp_path))
    monkeypatch.setenv("KOEPEL_PORT", "8080")

    assert (settings().home, settings().port) == (tmp_path, 8080)


def test_the_settings_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    before = settings()
    monkeypatch.setenv("KOEPEL_PORT", "8080")

    assert settings() is before


@pytest.mark.parametrize(
    ("variable", "value"),
    [
        ("KOEPEL_PORT", "many"),
        ("KOEPEL_PORT", "65536"),
        ("KOEPEL_PORT", "0"),
        ("KOEPEL_DOCUMENT_BYTES", "-1"),
        ("KOEPEL_FETCH_SECONDS", "0"),
        ("KOEPEL_QUERY_SECONDS", "soon"),
        ("KOEPEL_ALLOW_LOOPBACK", "perhaps"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_message_that_names_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(InvalidDataError, match=f"The setting {variable} cannot be '{value}': "):
        settings()
