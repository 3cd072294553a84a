"""Writing: a review of an item, or something to share."""

from __future__ import annotations

from datetime import UTC, datetime

from nicegui import ui

from zhiyin.apps.web.visit import Visit


def review_form(visit: Visit, item: str) -> None:
    """Offer stars and a text for an item; what is written is in the shop at once."""
    say = visit.say
    with ui.element("div").classes("zy-form"):
        with ui.element("h3"):
            ui.label(say("storefront.write"))
        stars = ui.rating(value=5, max=5).props(
            f'aria-label="{say("storefront.stars")}" size="1.5rem"'
        )
        text = ui.textarea(say("storefront.your_words")).props(
            f'outlined autogrow maxlength="2000" aria-label="{say("storefront.your_words")}"'
        )
        written = ui.element("div")

        async def send() -> None:
            said = (text.value or "").strip()
            if not said:
                ui.notify(say("storefront.write_something"), type="warning")
                return
            review = {"user": visit.shopper, "item": item, "kind": "review", "text": said}
            review |= {
                "rating": float(stars.value or 5),
                "language": visit.language,
                "time": _now(),
            }
            await visit.client.put_posts([review])
            await visit.client.events(
                [
                    {
                        "user": visit.shopper,
                        "item": item,
                        "type": "rating",
                        "value": float(stars.value or 5),
                    }
                ]
            )
            text.value = ""
            ui.notify(say("storefront.written"))
            with written, ui.element("article").classes("zy-post"):
                ui.label("★" * int(stars.value or 5)).classes("zy-stars")
                ui.label(said)

        ui.button(say("storefront.publish"), on_click=send).props("outline no-caps")


def share_form(visit: Visit) -> None:
    """Offer a text to share with those who follow the shopper; it is in the shop at once."""
    say = visit.say
    label = say("storefront.share_something")
    with ui.element("div").classes("zy-form"):
        text = ui.textarea(label).props(f'outlined autogrow maxlength="2000" aria-label="{label}"')
        shared = ui.element("div")

        async def send() -> None:
            said = (text.value or "").strip()
            if not said:
                ui.notify(say("storefront.write_something"), type="warning")
                return
            post = {"user": visit.shopper, "kind": "share", "text": said}
            await visit.client.put_posts([post | {"language": visit.language, "time": _now()}])
            text.value = ""
            ui.notify(say("storefront.written"))
            with shared, ui.element("article").classes("zy-post"):
                ui.label(visit.shopper or "").classes("zy-post-author")
                ui.label(said)

        ui.button(say("storefront.share"), on_click=send).props("outline no-caps")


def _now() -> str:
    return datetime.now(UTC).isoformat()
