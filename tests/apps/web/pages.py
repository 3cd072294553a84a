"""The address of every page, on the sample shop."""

from __future__ import annotations

CONSOLE = (
    "/console?days=90&until=2025-12-31",
    "/console/why?user=u00041&item=i00076",
    "/console/people",
    "/console/people/u00041",
    "/console/catalogue",
    "/console/catalogue/i00076",
    "/console/search?q=red+running+shoes",
    "/console/conversations",
    "/console/opinions",
    "/console/system",
)
SHOP = (
    "/shop",
    "/shop/search?q=running+shoes",
    "/shop/item/i00076",
    "/shop/people",
    "/shop/cart",
    "/shop/orders",
    "/shop/chat",
    "/shop/profile",
)
