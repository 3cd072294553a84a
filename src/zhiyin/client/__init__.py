"""A client of the HTTP API, sync and async, with a method for each of its operations.

from zhiyin.client import Client

with Client("http://127.0.0.1:8000", key="…") as shop:
    shop.events({"user": "alice", "item": "tea-7", "type": "purchase"})
    page = shop.recommend("alice", n=3)
"""

from zhiyin.client.clients import AsyncClient, Client
from zhiyin.client.failures import ApiError, Unreachable

__all__ = ["ApiError", "AsyncClient", "Client", "Unreachable"]
