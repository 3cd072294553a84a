"""What goes wrong between a program and a server, in four parts like every error of the house."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhiyin.errors import ZhiyinError

if TYPE_CHECKING:
    import httpx


class ApiError(ZhiyinError):
    """The server answered with a problem.

    Attributes:
        status: of the answer.
        problem: the whole problem document; empty where the answer was none.

    >>> error = ApiError(404, {"title": "no item has the id x", "where": "item"})
    >>> error.status, str(error)
    (404, 'item: no item has the id x.')
    """

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        self.status = status
        self.problem = problem
        told = {name: problem.get(name) or "" for name in ("where", "expected", "next_step")}
        what = str(problem.get("title") or f"the server answered {status}")
        if not any(told.values()) and problem.get("detail"):
            what = f"{what}: {str(problem['detail']).removesuffix('.')}"
        super().__init__(what, **told)

    @classmethod
    def of(cls, response: httpx.Response) -> ApiError:
        """Return the error that an answer, already read, is."""
        try:
            problem = response.json()
        except ValueError:
            problem = {}
        return cls(response.status_code, problem if isinstance(problem, dict) else {})


class Unreachable(ZhiyinError):
    """No answer came: the server does not run, is too slow, or hung up."""
