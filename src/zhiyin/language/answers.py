"""What language models are asked for, as types: the schemas of the prompts in ``prompts/``."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Words = Annotated[str, Field(max_length=40)]
"""A few words of the text, empty when it says nothing of it."""


class Answer(BaseModel):
    """The base of a prompt's answers: fixed, and unknown fields are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class TitleAttributes(Answer):
    """What the title of a product says of it, in its own words.

    >>> TitleAttributes(brand="Nike", colour="red", size="", material="", season="", audience="men").brand
    'Nike'
    """

    brand: Words
    colour: Words
    size: Words
    material: Words
    season: Words
    audience: Words


class Mention(Answer):
    """A person in the life of the writer, and the words that say so."""

    person: Words
    relation: Literal[
        "mother", "father", "parent", "grandparent", "child", "grandchild", "sibling", "relative",
        "family", "partner", "best_friend", "friend", "colleague", "boss", "classmate", "roommate",
        "neighbour", "teacher", "student",
    ]  # fmt: skip
    words: Words


class Mentions(Answer):
    """The people that a text speaks of.

    >>> Mentions(people=[Mention(person="妈妈", relation="mother", words="给妈妈买")]).people[0].relation
    'mother'
    """

    people: Annotated[list[Mention], Field(max_length=4)]


class Occasion(Answer):
    """When, where and what for a text says that something is or was used, in its own words.

    >>> Occasion(weather="rain", place="", time="", intent="commute").weather
    'rain'
    """

    weather: Words
    place: Words
    time: Words
    intent: Words


class Sentence(Answer):
    """Facts in one sentence.

    >>> Sentence(sentence="A red mug.").sentence
    'A red mug.'
    """

    sentence: Annotated[str, Field(min_length=1, max_length=160)]


class QuerySlot(Answer):
    """What some words of a query mean: one of the values that the model is shown, empty for none.

    >>> QuerySlot(value="type: snow boots").value
    'type: snow boots'
    """

    value: Annotated[str, Field(max_length=80)]


class Order(Answer):
    """Numbers of titles, what fits best first.

    >>> Order(order=[2, 1]).order
    [2, 1]
    """

    order: Annotated[list[int], Field(min_length=1, max_length=20)]
