from pathlib import Path

import pytest

from kg.config import Settings, load_settings
from kg.errors import ConfigError
from kg.model import Article, Rejection
from kg.sources import read_paths

ENGLISH = (
    "The foreign minister of Japan met his South Korean counterpart in Seoul on Monday. They agreed to "
    "resume talks on trade, which had been suspended after a dispute over export controls, and said that "
    "their governments would meet again in June."
)
NAMES = (
    "Chris Hipkins, Carmel Sepuloni, Nanaia Mahuta, Kelvin Davis, Willie Jackson, Megan Woods, Grant Robertson, "
    "Damien O'Connor, Peeni Henare, Kieran McAnulty, Ginny Andersen, Barbara Edmonds, Michael Wood, Jan Tinetti, "
    "Ayesha Verrall kept their portfolios, Radio New Zealand reported on Wednesday; Fiame Naomi Mata'afa, "
    "Tuilaepa Sailele Malielegaoi, Siaosi Sovaleni, Mark Brown, Dalton Tagelagi sent congratulations from their "
    "capitals and asked for talks."
)
OTHERS = {
    "dutch": (
        "De minister van Buitenlandse Zaken van Japan ontmoette maandag in Seoel zijn Koreaanse collega. Beide landen "
        "willen de gesprekken over handel hervatten, die na een geschil waren opgeschort, en hun regeringen komen "
        "volgende maand opnieuw bijeen, zo werd uit Tokio vernomen."
    ),
    "german": (
        "Der japanische Aussenminister traf am Montag in Seoul seinen Amtskollegen aus Suedkorea. Beide "
        "Seiten wollen die Gespraeche ueber den Handel wieder aufnehmen, die nach einem Streit ueber "
        "Ausfuhren ausgesetzt worden waren. Im Juni sollen sich die Regierungen erneut treffen, wie aus Tokio"
        " verlautete."
    ),
    "french": (
        "Le ministre japonais des Affaires etrangeres a rencontre lundi a Seoul son homologue sud-coreen. Les"
        " deux pays ont decide de reprendre leurs discussions sur le commerce, suspendues apres un differend "
        "sur les exportations, et leurs gouvernements se reuniront de nouveau en juin."
    ),
    "spanish": (
        "El ministro de Exteriores de Japon se reunio el lunes en Seul con su homologo surcoreano. Ambos "
        "acordaron reanudar las conversaciones sobre comercio, suspendidas tras una disputa por los controles"
        " de exportacion, y anunciaron que sus gobiernos volveran a reunirse en junio."
    ),
    "chinese": "日本外相周一在首尔会见韩国外长，双方同意恢复贸易谈判。" * 5,
    "russian": "Министр иностранных дел Японии встретился в Сеуле. " * 8,
}


def read(folder: Path, text: str, **flags: bool) -> Article | Rejection:
    (folder / "a.txt").write_text(text, encoding="utf-8")
    [one] = read_paths([str(folder / "a.txt")], settings=Settings(**flags))
    return one


def test_english_is_read(tmp_path: Path) -> None:
    assert isinstance(read(tmp_path, ENGLISH), Article)
    assert isinstance(read(tmp_path, NAMES), Article)


@pytest.mark.parametrize("language", OTHERS)
def test_other_languages_are_refused_unless_asked_for(tmp_path: Path, language: str) -> None:
    refused = read(tmp_path, OTHERS[language])
    assert isinstance(refused, Rejection)
    assert refused.reason == "not_english"
    assert isinstance(read(tmp_path, OTHERS[language], any_language=True), Article)


@pytest.mark.parametrize(("word", "value"), [("true", True), ("1", True), ("no", False), ("", False)])
def test_a_truth_value_in_the_environment(word: str, value: bool) -> None:
    assert load_settings(environ={"KG_ANY_LANGUAGE": word}).any_language is value


def test_a_wrong_truth_value() -> None:
    with pytest.raises(ConfigError, match="true or false"):
        load_settings(environ={"KG_ANY_LANGUAGE": "perhaps"})
