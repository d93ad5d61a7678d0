"""The settings come from the environment and a file, and a wrong one is told by its name."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from registry.errors import InvalidDataError, NotFoundError
from registry.settings import Settings, settings


@pytest.fixture(autouse=True)
def _read_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.chdir(tmp_path)
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
        ("KOEPEL_PEERS", "ftp://peer.example"),
        ("KOEPEL_PEERS", "https://peer.example/sparql elsewhere"),
        ("KOEPEL_TRUSTED_PROXIES", "10.0.0.300"),
        ("KOEPEL_LOG_FORMAT", "xml"),
        ("KOEPEL_KEEP_SNAPSHOTS", "0"),
        ("KOEPEL_READY_LAG_SECONDS", "-1"),
    ],
)
def test_a_wrong_value_stops_the_start_with_a_message_that_names_it(
    monkeypatch: pytest.MonkeyPatch, variable: str, value: str
) -> None:
    monkeypatch.setenv(variable, value)

    with pytest.raises(InvalidDataError, match=f"The setting {variable} cannot be '{value}': "):
        settings()


def test_an_empty_variable_counts_as_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEPEL_PORT", "")

    assert settings().port == 8000


@pytest.mark.parametrize(
    "text", ["https://a.example/sparql,http://b.example", "https://a.example/sparql  http://b.example"]
)
def test_several_values_are_parted_by_commas_or_spaces(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setenv("KOEPEL_PEERS", text)
    monkeypatch.setenv("KOEPEL_TRUSTED_PROXIES", "10.0.0.0/8 ::1")

    assert settings().peers == ("https://a.example/sparql", "http://b.example")
    assert settings().trusted_proxies == ("10.0.0.0/8", "::1")


def test_a_file_in_the_working_folder_is_read_and_the_environment_wins(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "koepel.toml").write_text('port = 8080\nhost = "::1"\npeers = ["https://a.example/sparql"]\n')
    monkeypatch.setenv("KOEPEL_HOST", "127.0.0.2")

    assert (settings().port, settings().host) == (8080, "127.0.0.2")
    assert settings().peers == ("https://a.example/sparql",)


def test_a_file_elsewhere_is_read_when_a_variable_names_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    file = tmp_path / "other.toml"
    file.write_text("port = 8081\n")
    monkeypatch.setenv("KOEPEL_SETTINGS", str(file))

    assert settings().port == 8081


def test_a_file_that_is_named_and_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEPEL_SETTINGS", "nowhere.toml")

    with pytest.raises(NotFoundError, match=r"no settings file nowhere\.toml\. Correct KOEPEL_SETTINGS"):
        settings()


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("prot = 8080", "no setting prot, which stands in koepel.toml. Did you mean port?"),
        ("KOEPEL_PORT = 8080", "no setting KOEPEL_PORT, .* Did you mean port?"),
        ("[server]\nport = 8080", "no setting server, which stands in koepel.toml. There are: .*, port, "),
        ("port = 'many'", r"The setting port \(koepel.toml\) cannot be 'many': "),
        ("port = ", "The settings file koepel.toml cannot be read: "),
        ("port = 1\nport = 2", "The settings file koepel.toml cannot be read: "),
    ],
)
def test_a_wrong_file_stops_the_start_with_a_message_that_says_what_is_wrong(
    tmp_path: Path, text: str, told: str
) -> None:
    (tmp_path / "koepel.toml").write_text(text)

    with pytest.raises(InvalidDataError, match=told):
        settings()


def test_the_password_of_a_database_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KOEPEL_LEDGER_URL", "postgresql://koepel:secret@db.example/ledger")

    assert "secret" not in repr(settings())
    assert "secret" in str(settings().ledger_url)
