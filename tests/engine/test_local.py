import multiprocessing
import os
import signal
import threading
import time

import pytest

from kg.engine import FAULTS, Failure, map_articles
from kg.engine.local import WINDOW
from kg.errors import PipelineError
from kg.model import Article, Reading
from tests.engine.readers import make_bug, make_dead, make_echo, make_nothing


def articles(*texts):
    return [Article(f"{n:02}", text) for n, text in enumerate(texts)]


def reasons(outcomes):
    return [outcome.rejection.reason if isinstance(outcome, Failure) else "read" for _, outcome in outcomes]


@pytest.mark.parametrize("workers", [1, 2])
def test_order_is_kept_and_a_failing_article_costs_only_itself(workers):
    given = articles("a", "raise", "b", "c", "d", "e")
    outcomes = list(map_articles(make_echo, given, workers=workers))
    assert [article for article, _ in outcomes] == given
    assert reasons(outcomes) == ["read", "reader_failed", "read", "read", "read", "read"]
    failure = outcomes[1][1]
    assert isinstance(failure, Failure)
    assert failure.rejection.path == "01"
    assert failure.rejection.detail == "ValueError: no such frame"
    assert "Traceback" in failure.trace


def test_one_worker_is_this_process_and_two_are_others():
    (_, here), *_ = map_articles(make_echo, articles("a"), workers=1)
    assert isinstance(here, Reading)
    assert here.reader.endswith(f" {os.getpid()}")
    readers = {outcome.reader for _, outcome in map_articles(make_echo, articles(*"abcdefgh"), workers=2)}
    assert len(readers) == 2
    assert here.reader not in readers


def test_a_dying_worker_costs_the_article_that_it_read():
    outcomes = list(map_articles(make_echo, articles("a", "die", "b", "die", "c"), workers=2))
    assert reasons(outcomes) == ["read", "reader_crashed", "read", "reader_crashed", "read"]
    assert "exit code 3" in outcomes[1][1].rejection.detail
    assert multiprocessing.active_children() == []


@pytest.mark.parametrize("workers", [1, 2])
def test_an_article_without_end_costs_only_itself(workers):
    given = articles("a", "hang", "b", "hang")
    outcomes = list(map_articles(make_echo, given, workers=workers, seconds=0.5))
    assert reasons(outcomes) == ["read", "reader_slow", "read", "reader_slow"]
    assert outcomes[1][1].rejection.detail == "not read in 0.5 seconds (4 characters)"
    assert "_hang" in outcomes[1][1].trace
    assert {outcome.rejection.reason for _, outcome in outcomes if isinstance(outcome, Failure)} <= set(FAULTS)


def test_a_limit_is_gone_when_its_article_is_read():
    rung = []
    before = signal.signal(signal.SIGALRM, lambda *_: rung.append(1))
    try:
        assert reasons(map_articles(make_echo, articles("a"), seconds=0.01)) == ["read"]
        time.sleep(0.03)
        assert rung == []
        signal.setitimer(signal.ITIMER_REAL, 60)
        assert reasons(map_articles(make_echo, articles("a"), seconds=0.01)) == ["read"]
        assert signal.setitimer(signal.ITIMER_REAL, 0)[0] > 30
        signal.raise_signal(signal.SIGALRM)
        assert rung == [1]
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)


def test_outside_the_main_thread_there_is_no_limit():
    outcomes = []
    thread = threading.Thread(target=lambda: outcomes.extend(map_articles(make_echo, articles("a"), seconds=0.5)))
    thread.start()
    thread.join()
    assert reasons(outcomes) == ["read"]


@pytest.mark.parametrize("workers", [1, 2])
def test_no_reader_is_made_for_nothing(workers):
    assert list(map_articles(make_bug, [], workers=workers)) == []


@pytest.mark.parametrize("workers", [1, 2])
def test_what_the_reader_lacks_reaches_the_caller(workers):
    with pytest.raises(PipelineError, match="no pipeline") as caught:
        list(map_articles(make_nothing, articles("a", "b"), workers=workers))
    assert caught.value.hint == "install one"


def test_a_bug_in_making_the_reader_stays_a_traceback():
    with pytest.raises(RuntimeError, match="KeyError: 'frames'"):
        list(map_articles(make_bug, articles("a"), workers=2))


def test_a_worker_that_dies_at_once_is_an_error_not_a_loop():
    with pytest.raises(PipelineError, match="exit code 4"):
        list(map_articles(make_dead, articles("a", "b"), workers=2))
    assert multiprocessing.active_children() == []


def test_articles_are_taken_lazily_and_workers_end_with_the_stream():
    taken = []

    def source():
        for article in articles(*["x"] * 200):
            taken.append(article.key)
            yield article

    stream = map_articles(make_echo, source(), workers=2)
    assert next(stream)[0].key == "00"
    assert len(taken) <= 2 * WINDOW
    stream.close()
    assert multiprocessing.active_children() == []
