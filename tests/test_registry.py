import pytest

from zhiyin import registry
from zhiyin.errors import NotOffered, SettingsError, UnknownPart


def test_an_unknown_part_is_named_with_its_nearest():
    with pytest.raises(UnknownPart) as caught:
        registry.build("sources", "populr", where="pipelines.home.sources[2]")
    assert str(caught.value) == (
        'pipelines.home.sources[2]: no part of sources is called "populr". '
        "Expected one of again, alike, fresh, friends, matching, nearby, people, pinned, popular, posts, semantic, together, told, "
        'trending; did you mean "popular"? '
        "Next: list them: zhiyin parts sources."
    )


def test_an_unknown_option_is_refused():
    with pytest.raises(SettingsError, match="no option is called rows_"):
        registry.build("formats", "sample", {"rows_": 3}, where="import")
    with pytest.raises(SettingsError, match="takes no options"):
        registry.build("formats", "hetrec-lastfm", {"kind": "events"})


def test_a_part_gets_the_services_its_constructor_names_and_no_others():
    with pytest.raises(NotOffered, match="popular asks for popularity, which is not offered"):
        registry.build("sources", "popular", services={"catalogue": None})


def test_every_part_is_described():
    for family in registry.PARTS:
        for row in registry.described(family):
            assert row.summary.endswith(".")
    options = {row.name: row.options for row in registry.described("formats")}
    assert options["sample"] == ("seed=7",)


def test_an_entry_point_adds_a_part(monkeypatch):
    from importlib.metadata import EntryPoint

    point = EntryPoint("echo", "tests.core.stages:Fixed", "zhiyin.sources")
    monkeypatch.setattr(
        registry, "entry_points", lambda group: [point] if group == "zhiyin.sources" else []
    )
    registry.parts.cache_clear()
    try:
        assert registry.load("sources", "echo").__name__ == "Fixed"
    finally:
        registry.parts.cache_clear()
