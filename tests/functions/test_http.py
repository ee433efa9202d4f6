import gzip
import json
import subprocess
import sys
import threading

import pytest

from funcgemma.errors import Unavailable
from funcgemma.functions.http import LONGEST_PAUSE, HttpClient


def reason_of(client, url, **arguments):
    with pytest.raises(Unavailable) as caught:
        client.get_json(url, **arguments)
    return caught.value.reason


def test_reads_json_and_says_who_asks(api, http):
    api.reply("/a", {"name": "京都"})
    assert http.get_json(f"{api.url}/a", {"name": "京都", "n": 1}) == {"name": "京都"}
    path, query, headers = api.requests[0]
    assert (path, query) == ("/a", {"name": "京都", "n": "1"})
    assert headers["User-Agent"].startswith("FuncGemma/0")


def test_importing_it_does_not_import_httpx():
    code = "import sys, funcgemma.functions.http; sys.exit('httpx' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0


def test_a_passing_server_fault_is_tried_again(api, http, pauses):
    api.reply("/a", status=500)
    api.reply("/a", status=503)
    api.reply("/a", [1])
    assert http.get_json(f"{api.url}/a") == [1]
    assert len(api.requests) == 3
    assert 0.15 <= pauses[0] <= 0.45 and 0.3 <= pauses[1] <= 0.9


def test_a_lasting_server_fault_is_an_error(api, http):
    api.reply("/a", status=500)
    assert reason_of(http, f"{api.url}/a") == "server"
    assert len(api.requests) == 3


def test_retry_after_is_honoured(api, http, pauses):
    api.reply("/a", status=429, headers={"Retry-After": "2"})
    api.reply("/a", "done")
    assert http.get_json(f"{api.url}/a") == "done"
    assert pauses == [2.0]


def test_retry_after_may_be_a_date(api, pauses):
    api.reply("/a", status=503, headers={"Retry-After": "Wed, 13 May 2026 01:20:03 GMT"})
    api.reply("/a", "done")
    with HttpClient(sleep=pauses.append, clock=lambda: 1778635200.0) as client:
        assert client.get_json(f"{api.url}/a") == "done"
    assert pauses == [3.0]


@pytest.mark.parametrize("value", ["soon", "", "1.5.2026"])
def test_an_odd_retry_after_is_ignored(api, http, pauses, value):
    api.reply("/a", status=429, headers={"Retry-After": value})
    api.reply("/a", "done")
    assert http.get_json(f"{api.url}/a") == "done"
    assert len(pauses) == 1


def test_a_long_retry_after_is_not_waited_for(api, http, pauses):
    api.reply("/a", status=429, headers={"Retry-After": str(int(LONGEST_PAUSE) + 1)})
    with pytest.raises(Unavailable, match="try again in 6 seconds") as caught:
        http.get_json(f"{api.url}/a")
    assert caught.value.reason == "rate_limited"
    assert pauses == [] and len(api.requests) == 1


@pytest.mark.parametrize(
    ("status", "reason"), [(404, "not_found"), (410, "not_found"), (403, "server")]
)
def test_a_refusal_is_final(api, http, status, reason):
    api.reply("/a", {"error": True}, status=status)
    assert reason_of(http, f"{api.url}/a") == reason
    assert len(api.requests) == 1


def test_nobody_there_is_offline(closed_port, http, pauses):
    assert reason_of(http, f"{closed_port}/a") == "offline"
    assert len(pauses) == 2


def test_no_answer_is_a_timeout(api):
    api.reply("/a", hang=True)
    with HttpClient(timeout=0.1) as client:
        assert reason_of(client, f"{api.url}/a") == "timeout"
    assert len(api.requests) == 1


def test_an_answer_that_drips_past_the_deadline_is_a_timeout(api):
    api.reply("/a", b" " * 200_000)
    with HttpClient(deadline=0.0) as client:
        assert reason_of(client, f"{api.url}/a") == "timeout"


def test_no_time_left_for_another_attempt(api, pauses):
    api.reply("/a", status=500)
    with HttpClient(deadline=0.01, sleep=pauses.append) as client:
        assert reason_of(client, f"{api.url}/a") == "server"
    assert pauses == []


def test_a_cut_off_answer_is_a_bad_reply_after_all_attempts(api, http):
    api.reply("/a", b'{"a": ', missing_bytes=10)
    assert reason_of(http, f"{api.url}/a") == "bad_reply"
    assert len(api.requests) == 3


@pytest.mark.parametrize(
    "body", [b"<html>", b"", b"\xff\xfe\x00", b"[NaN]", b"[" * 100_000, b'{"a":1} x']
)
def test_what_is_not_json_is_a_bad_reply(api, http, body):
    api.reply("/a", body)
    assert reason_of(http, f"{api.url}/a") == "bad_reply"


def test_a_broken_encoding_is_a_bad_reply(api, http):
    api.reply("/a", b"not gzip", headers={"Content-Encoding": "gzip"})
    assert reason_of(http, f"{api.url}/a") == "bad_reply"


def test_a_huge_answer_is_not_read(api):
    api.reply("/a", [0] * 100_000)
    with HttpClient(max_bytes=10_000) as client:
        assert reason_of(client, f"{api.url}/a") == "too_large"


def test_a_small_answer_that_unpacks_to_a_huge_one_is_not_read(api):
    body = gzip.compress(json.dumps([0] * 100_000).encode())
    assert len(body) < 10_000
    api.reply("/a", body, headers={"Content-Encoding": "gzip"})
    with HttpClient(max_bytes=10_000) as client:
        assert reason_of(client, f"{api.url}/a") == "too_large"


def test_redirects_are_followed_but_not_for_ever(api, http):
    api.reply("/a", status=301, headers={"Location": "/b"})
    api.reply("/b", "here")
    assert http.get_json(f"{api.url}/a") == "here"
    api.reply("/loop", status=302, headers={"Location": "/loop"})
    assert reason_of(http, f"{api.url}/loop") == "bad_reply"


@pytest.mark.parametrize("url", ["ftp://example.org/a", "nonsense", "http://", "http://[::1/a"])
def test_an_address_that_is_none(http, url):
    assert reason_of(http, url) == "bad_url"


def test_lone_surrogates_in_a_query_do_no_harm(api, http):
    api.reply("/a", 1)
    assert http.get_json(f"{api.url}/a", {"q": "\ud800"}) == 1


def test_the_cache_spares_a_request_until_it_expires(api, tmp_path):
    now = [1000.0]
    api.reply("/a", {"n": 1})
    api.reply("/a", {"n": 2})
    with HttpClient(tmp_path, clock=lambda: now[0]) as client:
        assert client.get_json(f"{api.url}/a", {"q": "x"}, max_age=60) == {"n": 1}
        now[0] += 60
        assert client.get_json(f"{api.url}/a", {"q": "x"}, max_age=60) == {"n": 1}
        assert len(api.requests) == 1
        now[0] += 1
        assert client.get_json(f"{api.url}/a", {"q": "x"}, max_age=60) == {"n": 2}


def test_the_cache_outlives_the_client_and_tells_queries_apart(api, tmp_path):
    api.reply("/a", lambda query: query)
    for _ in range(2):
        with HttpClient(tmp_path / "new" / "cache") as client:
            assert client.get_json(f"{api.url}/a", {"q": "1"}) == {"q": "1"}
            assert client.get_json(f"{api.url}/a", {"q": "2"}) == {"q": "2"}
    assert len(api.requests) == 2


def test_a_cached_null_is_an_answer(api, tmp_path):
    api.reply("/a", None)
    with HttpClient(tmp_path) as client:
        assert client.get_json(f"{api.url}/a") is None
        assert client.get_json(f"{api.url}/a") is None
    assert len(api.requests) == 1


def test_an_age_of_zero_neither_reads_nor_writes_the_cache(api, tmp_path):
    api.reply("/a", 1)
    with HttpClient(tmp_path) as client:
        client.get_json(f"{api.url}/a", max_age=0)
        client.get_json(f"{api.url}/a", max_age=0)
    assert len(api.requests) == 2 and list(tmp_path.iterdir()) == []


def test_errors_are_not_cached(api, tmp_path):
    api.reply("/a", status=404)
    api.reply("/a", 1)
    with HttpClient(tmp_path) as client:
        assert reason_of(client, f"{api.url}/a") == "not_found"
        assert client.get_json(f"{api.url}/a") == 1


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"body": 1}', b"\xff", b'{"stored": "x"}'])
def test_a_damaged_entry_is_asked_for_again(api, tmp_path, damage):
    api.reply("/a", 1)
    with HttpClient(tmp_path) as client:
        client.get_json(f"{api.url}/a")
        (entry,) = tmp_path.iterdir()
        entry.write_bytes(damage)
        assert client.get_json(f"{api.url}/a") == 1
        assert json.loads(entry.read_bytes())["body"] == 1
    assert len(api.requests) == 2


def test_an_entry_from_the_future_is_not_trusted(api, tmp_path):
    now = [2000.0]
    api.reply("/a", 1)
    with HttpClient(tmp_path, clock=lambda: now[0]) as client:
        client.get_json(f"{api.url}/a")
        now[0] = 1000.0
        client.get_json(f"{api.url}/a")
    assert len(api.requests) == 2


def test_the_cache_stays_small_and_leaves_other_files_alone(api, tmp_path):
    foreign = tmp_path / "diary.json"
    foreign.write_text("x" * 10_000, encoding="utf-8")
    api.reply("/a", lambda query: "y" * 1000)
    with HttpClient(tmp_path, cache_bytes=5000) as client:
        for number in range(12):
            client.get_json(f"{api.url}/a", {"n": number})
    ours = [path for path in tmp_path.iterdir() if path != foreign]
    assert 0 < sum(path.stat().st_size for path in ours) <= 5000
    assert foreign.exists()


def test_a_cache_that_cannot_be_written_is_done_without(api, tmp_path):
    folder = tmp_path / "file"
    folder.write_text("not a folder", encoding="utf-8")
    api.reply("/a", 1)
    with HttpClient(folder) as client:
        assert client.get_json(f"{api.url}/a") == 1
        assert client.get_json(f"{api.url}/a") == 1
    assert folder.read_text(encoding="utf-8") == "not a folder"


def test_threads_share_a_client(api, tmp_path):
    api.reply("/a", lambda query: int(query["n"]))
    results = {}
    with HttpClient(tmp_path, cache_bytes=2000) as client:

        def ask(number):
            results[number] = client.get_json(f"{api.url}/a", {"n": number % 7})

        threads = [threading.Thread(target=ask, args=(number,)) for number in range(30)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert results == {number: number % 7 for number in range(30)}


def test_a_closed_client_opens_again(api, http):
    api.reply("/a", 1)
    assert http.get_json(f"{api.url}/a") == 1
    http.close()
    http.close()
    assert http.get_json(f"{api.url}/a") == 1


def test_a_proxy_is_used(api):
    api.reply("http://somewhere.test/a", 1)
    api.reply("/a", 1)
    with HttpClient(proxy=api.url) as client:
        assert client.get_json("http://somewhere.test/a") == 1
    assert api.requests[0][2]["Host"] == "somewhere.test"
