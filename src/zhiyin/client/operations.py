"""All operations of the API, said once for both clients."""

from __future__ import annotations

from zhiyin.client.calls import Answer, Lines, Text
from zhiyin.client.conversations import Conversations
from zhiyin.client.data import Data
from zhiyin.client.keys import Keys
from zhiyin.client.operator import Operator
from zhiyin.client.pages import Pages
from zhiyin.client.people import People


class Operations(
    Pages[Answer, Text, Lines],
    Data[Answer, Text, Lines],
    People[Answer, Text, Lines],
    Conversations[Answer, Text, Lines],
    Operator[Answer, Text, Lines],
    Keys[Answer, Text, Lines],
):
    """A method for each operation; what one returns, at once or later, its type parameters say."""
