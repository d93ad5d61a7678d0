"""Everything in files, for those who want all of it: the list of dumps, and the files themselves."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Path, Request
from fastapi.responses import FileResponse, JSONResponse, RedirectResponse, Response

from federation.feed.dump import Dump, find_dump, list_dumps
from federation.web.freshness import FOR_EVER, SHORT
from registry.errors import NotFoundError
from registry.home import Home
from registry.web.problem import problems
from registry.web.site import premises_of

__all__ = ["router"]

router = APIRouter(tags=["Following"])

PACKED: Final = "application/zstd"
JSON: Final = "application/json"
NEWEST: Final = {"cache-control": SHORT}
FILES: Final[dict[int | str, dict[str, Any]]] = {
    200: {"description": "The file.", "content": {PACKED: {}, JSON: {}}},
    206: {"description": "The part of the file that was asked for."},
    400: {"description": "A part was asked for in a way that makes no sense."},
    416: {"description": "The file has no such part."},
    **problems(404),
}


@router.get("/dumps", response_class=JSONResponse)
def dumps(request: Request) -> JSONResponse:
    """List the dumps, the newest first, each with its files, their lengths and their hashes."""
    home = premises_of(request).home
    return JSONResponse({"dumps": [one.manifest.told() for one in list_dumps(home)]}, headers=NEWEST)


@router.get(
    "/dumps/latest.{ending}",
    status_code=307,
    response_class=Response,
    responses={307: {"description": "To the newest dump."}, **problems(404)},
)
def latest(
    request: Request,
    ending: Annotated[str, Path(description="Which file.", examples=["nq.zst", "ttl.zst", "json"])],
) -> Response:
    """Lead to a file of the newest dump; its own address never changes."""
    newest = next(iter(list_dumps(premises_of(request).home)), None)
    file = newest and newest.manifest.file(ending)
    name = "manifest.json" if ending == "json" else file and file.name
    if newest is None or not name:
        raise _no_dump()
    return RedirectResponse(f"/dumps/{newest.name}/{name}", 307, NEWEST)


@router.get("/dumps/{name}/{file}", response_class=FileResponse, responses=FILES)
def file(
    request: Request,
    name: Annotated[str, Path(description="The state of the register.", pattern=r"^[0-9]+-[0-9a-f]+$")],
    file: Annotated[str, Path(description="The file, or manifest.json.")],
) -> FileResponse:
    """Give a file of a dump, whole or in parts."""
    path = _dump(premises_of(request).home, name).path(file)
    if path is None or not path.is_file():
        raise _no_dump()
    kind = JSON if path.suffix == ".json" else PACKED
    return FileResponse(path, media_type=kind, filename=path.name, headers={"cache-control": FOR_EVER})


def _dump(home: Home, name: str) -> Dump:
    found = find_dump(home, name)
    if found is None:
        raise _no_dump()
    return found


def _no_dump() -> NotFoundError:
    return NotFoundError(
        "no-such-dump",
        "There is no such dump here; older ones make way for newer ones. All that are kept are listed at "
        "/dumps.",
    )
