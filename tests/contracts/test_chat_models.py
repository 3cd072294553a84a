"""Every registered chat model does what a chat model promises."""

import pytest

from tests.language.endpoint import behaves, endpoint
from zhiyin import registry
from zhiyin.testing import ChatModelContract

SLOW = {"llama"}
"""Models that are loaded and not only asked."""
MODELS = [
    pytest.param(name, marks=[pytest.mark.slow] if name in SLOW else [])
    for name in registry.parts("chat_models")
]


@pytest.fixture(scope="module", params=MODELS)
def chat_model(request):
    """One after the other: in the box, and behind an endpoint on the loopback."""
    if request.param == "llama":
        pytest.importorskip("xllamacpp", reason="the extra [local] is not installed")
        yield registry.build("chat_models", "llama")
        return
    with endpoint(behaves) as (url, _):
        options = {"base_url": url, "model": "m", "key_variable": ""}
        model = registry.build("chat_models", request.param, options)
        yield model
        model.close()


class TestChatModel(ChatModelContract):
    """See the fixture ``chat_model``."""
