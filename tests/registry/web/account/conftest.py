"""A registry without sources, in which a few people have accounts."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from registry.account.actor import Grant
from registry.account.office import Office
from registry.home import Home
from registry.settings import Settings
from registry.web.app import create_app
from tests.registry.account.people import ADDRESS, OPERATOR, OWNER, Clock, Person, enrol
from tests.registry.web.account.browser import sign_in

Open = Callable[[], TestClient]
Enter = Callable[[Person], TestClient]


@pytest.fixture
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    """The application, with a clock that tests move."""
    home = Home(tmp_path_factory.mktemp("registry"))
    app = create_app(home, Settings(home=home.folder, address=ADDRESS))
    app.state.office = Office(home, ADDRESS, Clock())
    return app


@pytest.fixture
def office(app: FastAPI) -> Office:
    """Where its accounts are kept."""
    office: Office = app.state.office
    return office


@pytest.fixture
def browser(app: FastAPI) -> Iterator[Open]:
    """Open a new browser."""
    with ExitStack() as stack:
        stack.enter_context(TestClient(app))  # starts the application
        yield lambda: TestClient(app, follow_redirects=False)


@pytest.fixture
def entered(browser: Open) -> Enter:
    """Let somebody sign in, in a browser of their own."""

    def enter(person: Person) -> TestClient:
        client = browser()
        assert sign_in(client, person).status_code == 303
        return client

    return enter


@pytest.fixture
def anna(office: Office) -> Person:
    """The owner of an organisation."""
    return enrol(office, "Anna Example", OWNER)


@pytest.fixture
def olga(office: Office) -> Person:
    """An operator."""
    return enrol(office, "Olga Example", OPERATOR)


def grants(office: Office, person: Person) -> set[Grant]:
    """Give the roles of somebody as they are now."""
    return set(office.rights.of(person.account.iri))
