"""The chat model of the settings: made once, at the first question."""

import pytest

from zhiyin.errors import SettingsError
from zhiyin.language.chat.named import NamedModel
from zhiyin.settings import Part


def test_all_that_ask_share_one():
    named = NamedModel(Part(type="llama"))
    named.close()  # nothing was made, so there is nothing to give back
    assert named() is named()
    named.close()


def test_where_none_is_named_the_setting_is():
    with pytest.raises(SettingsError, match=r"reading\.chat: no chat model is named"):
        NamedModel(Part(type="none"))()
