from dataclasses import FrozenInstanceError, fields

import pytest

from kg.config import MAX_BYTES, Settings, load_settings
from kg.errors import ConfigError


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "kg.toml"
    path.write_text('workers = 3\nthreshold = 0.7\npipeline = "en_core_web_sm"\n', encoding="utf-8")
    return path


def test_defaults(tmp_path):
    assert load_settings(environ={}, file=tmp_path / "absent.toml") == Settings()
    assert Settings().max_bytes == MAX_BYTES


def test_flag_before_environment_before_file_before_default(file):
    environ = {"KG_WORKERS": "5", "KG_THRESHOLD": "0.8", "OTHER": "x"}
    settings = load_settings({"workers": 9, "threshold": None}, environ=environ, file=file)
    assert settings.workers == 9
    assert settings.threshold == 0.8
    assert settings.pipeline == "en_core_web_sm"
    assert settings.min_sources == Settings().min_sources


def test_the_file_of_the_working_directory_and_the_process_environment_count(file, monkeypatch):
    monkeypatch.chdir(file.parent)
    monkeypatch.setenv("KG_MIN_SOURCES", "2")
    monkeypatch.delenv("KG_WORKERS", raising=False)
    settings = load_settings()
    assert (settings.workers, settings.min_sources) == (3, 2)


def test_settings_are_frozen_and_each_says_what_it_is():
    with pytest.raises(FrozenInstanceError):
        Settings().workers = 2
    assert all(f.metadata["help"] for f in fields(Settings))


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"threshold": 1.5}, "threshold is 1.5"),
        ({"threshold": -0.1}, "threshold is -0.1"),
        ({"threshold": float("nan")}, "threshold is nan"),
        ({"workers": -1}, "workers is -1"),
        ({"min_sources": -1}, "min_sources is -1"),
        ({"max_bytes": -1}, "max_bytes is -1"),
        ({"article_seconds": -1}, "article_seconds is -1"),
    ],
)
def test_impossible_values_are_refused(values, message):
    with pytest.raises(ConfigError, match=message):
        Settings(**values)


def test_a_value_of_the_wrong_type_names_the_setting():
    with pytest.raises(ConfigError, match="workers is 'many'"):
        load_settings(environ={"KG_WORKERS": "many"})


def test_an_unknown_key_lists_those_that_are_known(tmp_path):
    path = tmp_path / "kg.toml"
    path.write_text("worker = 3\n", encoding="utf-8")
    with pytest.raises(ConfigError, match="unknown setting 'worker'") as caught:
        load_settings(environ={}, file=path)
    assert "workers" in caught.value.hint


@pytest.mark.parametrize("content", [b"workers = ", b"\xff\xfe"])
def test_a_damaged_file_is_an_error_with_its_name(tmp_path, content):
    path = tmp_path / "kg.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=r"kg\.toml cannot be read"):
        load_settings(environ={}, file=path)
