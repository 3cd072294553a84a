"""The section of customer service."""

from __future__ import annotations

from pydantic import Field, field_validator

from zhiyin.settings.section import Part, Section


class IntentSettings(Section):
    """Something that shoppers ask for, told by examples."""

    examples: list[str] = Field(default_factory=list)
    """What shoppers say for it, ten or more; two are the least of an intent of your own."""
    is_replaced: bool = False
    """These examples alone hold, not the built-in ones too; with none there is no such intent."""

    @field_validator("examples")
    @classmethod
    def _say_something(cls, examples: list[str]) -> list[str]:
        if not all(map(str.strip, examples)):
            raise ValueError("an example is empty", "texts with at least one character")
        return examples


class AssistantSettings(Section):
    """What customer service may look up and do."""

    orders: Part = Part(type="stored")
    """Where a shopper's own orders are asked for: stored is the shop's own store, http an endpoint of the order system."""
    return_days: int = Field(7, ge=0, le=3650)
    """So many days after delivery something can be sent back."""
    dense: bool = True
    """Compare what questions mean, too, where the extra local is installed; words and letters alone otherwise."""
    reword: bool = False
    """Have the chat model of [reading] put sentences of the house in other words; needs one there, and two seconds more a turn."""
    intents: dict[str, IntentSettings] = Field(default_factory=dict)
    """What shoppers ask for: examples of your own for built-in intents, and intents of your own, as [assistant.intents.gift_wrap]."""
