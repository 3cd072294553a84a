import itertools
import tomllib

import pytest
from pydantic import SecretStr

from zhiyin.errors import SettingsError
from zhiyin.settings import Settings, annotated


@pytest.fixture
def home(tmp_path, monkeypatch):
    monkeypatch.delenv("ZHIYIN_HOME", raising=False)
    return tmp_path


def test_the_annotated_file_says_exactly_the_defaults(home):
    default = Settings.load(home)
    (home / "zhiyin.toml").write_text(annotated(), encoding="utf-8")
    assert Settings.load(home) == default


def test_the_annotated_file_holds_every_key_and_says_what_each_is_for():
    tree = tomllib.loads(annotated())
    default = Settings().model_dump(mode="json")
    del default["home"], default["api"]["key"], default["api"]["next_page_key"]
    del default["privacy"]["key"]

    def keys(tree, path=""):
        return {
            key
            for name, value in tree.items()
            for key in (
                keys(value, f"{path}{name}.")
                if isinstance(value, dict) and value
                else {f"{path}{name}"}
            )
        }

    assert keys(tree) == keys(default)
    lines = annotated().splitlines()
    for before, line in itertools.pairwise(lines):
        if " = " in line and not line.startswith("#"):
            assert before.startswith("# "), line


def test_arguments_go_before_the_environment_before_the_local_file_before_the_file(
    home, monkeypatch
):
    (home / "zhiyin.toml").write_text('language = "zh"\n[api]\nport = 1\nhost = "a"\n')
    (home / "zhiyin.local.toml").write_text("[api]\nport = 2\n")
    assert (Settings.load(home).api.port, Settings.load(home).api.host) == (2, "a")
    monkeypatch.setenv("ZHIYIN_API__PORT", "3")
    assert (Settings.load(home).api.port, Settings.load(home).api.host) == (3, "a")
    assert Settings.load(home, language="en").language == "en"
    assert Settings.load(home).language == "zh"


def test_home_comes_from_the_environment(home, monkeypatch):
    monkeypatch.setenv("ZHIYIN_HOME", str(home / "there"))
    assert Settings.load().home == home / "there"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("[api]\nprt = 1", 'api.prt: no setting is called "prt".*did you mean "port"'),
        ('langage = "zh"', 'did you mean "language"'),
        ('[api]\nport = "x"', "api.port: 'x' does not fit"),
        ("[api]\nport = 70000", "less than or equal to 65535"),
        ('[[pipelines.home.sources]]\ntype = "a"\nopt = 1', 'did you mean "options"'),
        ('[reading]\nchat = { type = "openai", base_url = "x" }', r"options = \{ base_url = … \}"),
        ("[reading]\nchat = { options = {} }", "chat.type: type is missing"),
        ("[reading]\nworkers = 65", "Expected a number less than or equal to 64"),
        ("[reading]\ntime_zone = 5", "Expected a text"),
        ('[reading.aspects.""]\na = "x"', r'aspects\.""\.a: .*Expected a list'),
        ('[reading.aspects.""]\na = [" "]', "an aspect or a word that is empty"),
        ('[reading.aspects."t"]\n" " = ["x"]', "an aspect or a word that is empty"),
        ('[reading.aspects."t"]\na = ["Mould"]\nb = ["mould "]', "stands under a and under b"),
        ("[pipelines]\nhome = 5", "pipelines.home: 5 does not fit"),
        ("x = [", "zhiyin.toml: .*Expected TOML"),
        ('[api]\nkey = "s3cret"', "environment variable ZHIYIN_API__KEY"),
        ('[privacy]\nkey = "s3cret"', "environment variable ZHIYIN_PRIVACY__KEY"),
        ('home = "elsewhere"', "environment variable ZHIYIN_HOME"),
    ],
)
def test_what_is_wrong_is_named_with_what_was_expected(home, text, message):
    (home / "zhiyin.toml").write_text(text)
    with pytest.raises(SettingsError, match=message) as caught:
        Settings.load(home)
    assert "s3cret" not in str(caught.value)


def test_the_key_is_a_secret(home, monkeypatch):
    monkeypatch.setenv("ZHIYIN_API__KEY", "s3cret")
    settings = Settings.load(home)
    assert settings.api.key == SecretStr("s3cret")
    assert "s3cret" not in repr(settings)


def test_a_surface_keeps_what_is_not_said_and_others_stay(home):
    (home / "zhiyin.toml").write_text(
        '[pipelines.similar]\nbudget_ms = 5\n[pipelines.feed]\nsources = [{ type = "popular" }]\n'
    )
    pipelines = Settings.load(home).pipelines
    assert pipelines["similar"].budget_ms == 5
    assert [part.type for part in pipelines["similar"].sources] == ["alike", "pinned"]
    assert [part.type for part in pipelines["feed"].sources] == ["popular"]
    assert pipelines["home"] == Settings().pipelines["home"]
