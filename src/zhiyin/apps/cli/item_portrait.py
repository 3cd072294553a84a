"""What the shop knows of an item, printed by ``zhiyin portrait --item``."""

from __future__ import annotations

from typing import Any

from zhiyin.apps.cli.output import say
from zhiyin.apps.item_wording import GROUPS


def show_item(document: dict[str, Any]) -> None:
    """Print an item's portrait in sentences under their headings."""
    language = document["language"]
    title = document["title"]
    say()
    say(f"{title}  [{document['item']}]" if title else document["item"], style="bold")
    for heading, kinds in GROUPS:
        told = [one["text"] for one in document["sentences"] if one["kind"] in kinds]
        if told:
            say()
            say(heading[language], style="bold")
        for text in told:
            say(f"  {text}")
