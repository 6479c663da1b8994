from __future__ import annotations

from pathlib import Path

import pytest

from chinai_tui import config
from chinai_tui.errors import ConfigError


@pytest.fixture
def file(tmp_path: Path) -> Path:
    return tmp_path / "config" / "config.toml"


def test_no_file_means_the_defaults(file: Path) -> None:
    assert config.load(file) == config.Settings()


def test_a_change_writes_one_line_and_leaves_the_rest(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('# mine\nmeasure = 70 # narrow\n\n[keys]\njump = "g"\n')
    assert config.save(file, "measure", "72").measure == 72
    assert config.save(file, "creator", 'A "B" \\ 商').creator == 'A "B" \\ 商'
    text = file.read_text("utf-8")
    assert text.startswith("# mine\nmeasure = 72\n")
    assert '[keys]\njump = "g"' in text
    assert config.load(file).keys == {"jump": "g"}


def test_a_setting_goes_before_the_first_table(file: Path) -> None:
    file.parent.mkdir()
    file.write_text('[keys]\njump = "g"\n')
    settings = config.save(file, "theme", "light")
    assert (settings.theme, dict(settings.keys)) == ("light", {"jump": "g"})


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ('theme = "pink"', "one of dark, light"),
        ("measure = 5", "from 40 to 160"),
        ('measure = "88"', "a number from 40"),
        ("measure = true", "a number from 40"),
        ('proxy = "socks5://a.example"', "http://HOST:PORT, or environment"),
        ('proxy = "http://127.0.0.1:99999999"', "http://HOST:PORT, or environment"),
        ('proxy = "http://["', "http://HOST:PORT, or environment"),
        ('proxy = "http://:80"', "http://HOST:PORT, or environment"),
        ('proxy = "http://a.example:0"', "http://HOST:PORT, or environment"),
        ("nonsense = 1", "no such setting"),
        ("theme = ", "mend it"),
        ("keys = 5", "a table"),
        ("a" + ".a" * 5 + " = [", "mend it"),
        ("x = " + "[" * 5000, "mend it"),
    ],
)
def test_a_fault_is_named_in_one_line(file: Path, text: str, reason: str) -> None:
    file.parent.mkdir()
    file.write_text(text)
    with pytest.raises(ConfigError, match=reason) as caught:
        config.load(file)
    assert str(file) in str(caught.value)
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "proxy",
    ["environment", "http://a.example:80", "http://me:word@[::1]:8080/", "http://a.example"],
)
def test_a_proxy_that_may_work_is_taken(file: Path, proxy: str) -> None:
    assert config.save(file, "proxy", proxy).proxy == proxy


def test_a_faulty_file_is_not_overwritten(file: Path) -> None:
    file.parent.mkdir()
    file.write_text("theme = ")
    with pytest.raises(ConfigError):
        config.save(file, "theme", "light")
    assert file.read_text() == "theme = "


@pytest.mark.parametrize(("name", "value"), [("measure", "wide"), ("theme", "x"), ("keys", "x")])
def test_a_wrong_value_is_not_saved(file: Path, name: str, value: str) -> None:
    with pytest.raises(ConfigError):
        config.save(file, name, value)
    assert not file.exists()
