"""The sections: where data are kept, how weights are learned and texts read, situations, and the HTTP door."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from pydantic import Field, FiniteFloat, SecretStr, field_validator

from zhiyin.errors import nearest
from zhiyin.settings.section import Part, Section


class StoreSettings(Section):
    """Where what must not be lost is kept."""

    url: str = ""
    """SQLAlchemy URL of the database; empty means an SQLite file in the home folder."""
    snapshots_kept: int = Field(5, ge=1)
    """How many trained snapshots stay on disk for a rollback."""


_VALUES = {
    "click": 1.0,
    "cart": 3.0,
    "purchase": 7.0,
    "hide": -3.0,
    "return": -5.0,
    "report": -10.0,
}


class TrainSettings(Section):
    """How weights are learned from events."""

    rating_threshold: float = Field(3.0, allow_inf_nan=False)
    """A rating below it speaks against the item."""
    strengths: dict[str, float] = Field(default_factory=dict)
    """How much an event of a type says that the person likes the item, in eighths from 0 to 1; -1 says the opposite. Adds to the built-in table."""
    half_life_days: float = Field(30.0, gt=0)
    """After so many days an event counts half for popularity."""
    dense_limit: int = Field(12_000, ge=1)
    """Largest number of people or items, whichever is fewer, for which weights are solved exactly."""
    memory_gb: float = Field(8.0, gt=0, le=1e6)
    """Memory that training should stay within; parts that would take more than a third are trained from files or left out."""
    values: dict[str, FiniteFloat] = Field(default_factory=lambda: dict(_VALUES))
    """What one click, cart, purchase, hide, return or report is worth to the scorer value; margins are the honest choice, and what is left out counts nothing."""
    trials: int = Field(1, ge=1)
    """How many parameter sets each part of the model may try, the defaults first; ten take some five times as long and fit a little better."""

    @field_validator("values")
    @classmethod
    def _are_of_actions(cls, values: dict[str, float]) -> dict[str, float]:
        for action in values:
            if action not in _VALUES:
                raise ValueError(f'no action is called "{action}"', nearest(action, _VALUES))
        return values


class ReadingSettings(Section):
    """How texts are read."""

    embedder: Part = Part(type="lsa")
    """What makes vectors of texts: lsa needs no model; static and e5 need the extra local; openai is any compatible endpoint."""
    chat: Part = Part(type="none")
    """What mining asks for facts where rules find none: llama is in the box with the extra local, openai is any compatible endpoint; none is off."""
    workers: int = Field(1, ge=1, le=64)
    """How many processes embed at a time; more pay for e5, where each has a core of its own."""
    engine: Literal["processes", "ray"] = "processes"
    """Where more than one work: processes of this machine, or ray (extra ray), on the cluster that RAY_ADDRESS names."""
    time_zone: str = "UTC"
    """Where the shop's people live, such as Asia/Shanghai: their days end at midnight there."""
    aspects: dict[str, dict[str, list[str]]] = Field(default_factory=dict)
    """Category of goods, then aspect, then words that name it; they go before the built-in ones, category "" is all goods, aspect ignore is none."""

    @field_validator("time_zone")
    @classmethod
    def _is_known(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError) as error:
            raise ValueError("a name of the IANA time zones, such as Asia/Shanghai") from error
        return name

    @field_validator("aspects")
    @classmethod
    def _are_told_apart(
        cls, aspects: dict[str, dict[str, list[str]]]
    ) -> dict[str, dict[str, list[str]]]:
        for category, named in aspects.items():
            aspect_of: dict[str, str] = {}
            for aspect, words in named.items():
                if not all(map(str.strip, (aspect, *words))):
                    what = f'"{category}" has an aspect or a word that is empty'
                    raise ValueError(what, "names and words with at least one character")
                for word in words:
                    other = aspect_of.setdefault(word.strip().casefold(), aspect)
                    if other != aspect:
                        what = f'"{word}" stands under {other} and under {aspect} of "{category}"'
                        raise ValueError(what, "each word under one aspect of a category")
        return aspects


class ContextSettings(Section):
    """What is known of the situations in which people choose."""

    weather: Part = Part(type="none")
    """What tells the weather where a request does not: table is a CSV file of the shop's own, http an endpoint; none is off."""


class SearchSettings(Section):
    """How items are found by what shoppers type."""

    dense: bool = False
    """Find items by what they mean, too, with the embedder of [reading] as mining used it; words alone until texts are mined."""
    judgments: str = ""
    """Table of query, product (an item's id) and relevance, parted by tabs: training learns from it what matters, where that is better; empty for none."""
    ask_model: bool = False
    """Have the chat model of [reading] say what words mean that the parser does not know, beside the requests and for the next time; needs one there."""

    def judgments_in(self, home: Path) -> Path | None:
        """Return the file of judgments, which stands in the home folder unless it is named in full."""
        return home / self.judgments if self.judgments else None


class PrivacySettings(Section):
    """What of people is kept, and how."""

    pseudonyms: bool = False
    """Keep people's ids under pseudonyms that only the key turns back; a store that holds people is turned over by zhiyin pseudonyms."""
    key: SecretStr | None = Field(None, min_length=1)
    """Secret that pseudonyms are made with, 32 bytes in hexadecimal digits or base64; only from the environment: ZHIYIN_PRIVACY__KEY."""
    key_file: str = ""
    """File of that secret where the environment has none; empty means pseudonyms.key in the home folder, made when it is first needed."""


_ORIGIN = re.compile(r"https?://[^/\s*@?#]+")


class ApiSettings(Section):
    """The HTTP door."""

    host: str = "127.0.0.1"
    """Address to listen on; any other than this machine's own needs an API key."""
    port: int = Field(8000, ge=0, le=65535)
    """Port to listen on; 0 takes a free one."""
    workers: int = Field(1, ge=1, le=64)
    """Processes that answer; more than one for a machine of several cores."""
    ui_port: int = Field(8001, ge=0, le=65535)
    """Port of the console and the storefront where there are several workers; a free one where this or `port` is 0."""
    gorse: bool = False
    """Answer clients of Gorse, too, under /api."""
    key: SecretStr | None = Field(None, min_length=1)
    """Secret of a key for everything, carried as `Authorization: Bearer …`; only from the environment: ZHIYIN_API__KEY."""
    requests_per_s: float = Field(500.0, ge=0, le=1e6)
    """How often one key may ask a process each second, on average; 0 is no limit. Without any key there is none."""
    burst: int = Field(1000, ge=1)
    """How many requests of one key may come at once after a quiet time."""
    origins: list[str] = Field(default_factory=list)
    """Web pages whose scripts may ask (CORS), such as https://shop.example; none unless named."""
    timeout_s: float = Field(30.0, gt=0, le=3600)
    """A request that is not being answered after so many seconds, counted from the last of its body, is answered with 503."""
    log: Literal["text", "json"] = "text"
    """What the server writes to stderr: lines for people, or a JSON document a line."""
    access_log: bool = False
    """Log a line for each request that is answered, by its route's template; nothing of what was asked."""
    next_page_hours: float = Field(24.0, gt=0)
    """So long the token that asks for the next page of a list holds."""
    next_page_key: SecretStr | None = Field(None, min_length=16)
    """Secret that signs these tokens, for several machines with one database; a file of the home folder otherwise. Only from the environment: ZHIYIN_API__NEXT_PAGE_KEY."""

    @field_validator("origins")
    @classmethod
    def _are_origins(cls, origins: list[str]) -> list[str]:
        for one in origins:
            if not _ORIGIN.fullmatch(one):
                raise ValueError(f'"{one}" is no origin', "https://, a name, and a port if any")
        return origins
