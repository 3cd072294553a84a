"""Whether the port of the API is free, or answered by zhiyin of one version."""

from __future__ import annotations

import http.client
import json
import socket
from typing import TYPE_CHECKING, Any

from zhiyin import __version__
from zhiyin.errors import SettingsError, ZhiyinError

if TYPE_CHECKING:
    from zhiyin.settings.sections import ApiSettings

_PATIENCE_S = 2.0
_ANY = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - addresses that are listened on, asked at this machine's own


def port(api: ApiSettings) -> str | ZhiyinError:
    """Return who answers the port of the API.

    Raises:
        SettingsError: another program does, or the address is none of this machine.
    """
    if api.port == 0:
        return "a free one is taken"
    where = f"{api.host} port {api.port}"
    try:
        seen = [_asked(api) for _ in range(1 + 3 * api.workers)]
    except ConnectionRefusedError:
        _bind(api, where)
        return f"{where} is free"
    except (OSError, ValueError, http.client.HTTPException) as error:
        raise SettingsError(
            f"something answers that is not zhiyin: {error or type(error).__name__}",
            where=where,
            expected="a free port, or zhiyin",
            next_step="stop that program, or set [api] port to another",
        ) from error
    versions = {int(one["process"]): str(one.get("version")) for one in seen}
    if others := {pid: one for pid, one in versions.items() if one != __version__}:
        return SettingsError(
            ", ".join(f"process {pid} runs zhiyin {one}" for pid, one in sorted(others.items())),
            where=where,
            expected=f"zhiyin {__version__}, as it is installed",
            next_step="start the server anew",
        )
    return f"zhiyin {__version__} answers at {where}: {len(versions)} processes were met"


def _asked(api: ApiSettings) -> dict[str, Any]:
    """Return what one worker says of itself, by a connection of its own, so that each time another may answer."""
    connection = http.client.HTTPConnection(
        _ANY.get(api.host, api.host), api.port, timeout=_PATIENCE_S
    )
    try:
        connection.request("GET", "/healthz")
        said = json.loads(connection.getresponse().read(4096))
    finally:
        connection.close()
    if not isinstance(said, dict) or said.get("status") != "ok" or "process" not in said:
        raise ValueError("its /healthz says something else")
    return said


def _bind(api: ApiSettings, where: str) -> None:
    """Take the port for a moment, as the server will."""
    family = socket.AF_INET6 if ":" in api.host else socket.AF_INET
    with socket.socket(family) as listener:
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind((api.host, api.port))
        except OSError as error:
            raise SettingsError(
                f"it cannot be listened on: {error.strerror}",
                where=where,
                expected="an address of this machine, and a port that this user may take",
                next_step="set [api] host and port to others",
            ) from error
