from funcgemma.data.duplicates import find_duplicates


def test_within_and_between_writers(make):
    cases = [
        make("リマインドお願いします", case_id="a-1", writer="a"),
        make("リマインドお願いします。", case_id="a-2", writer="a"),
        make("リマインド、お願いしますね", case_id="b-1", writer="b"),
        make("はい", case_id="a-3", writer="a"),
        make("はい！", case_id="b-2", writer="b"),
    ]
    found = find_duplicates(cases, threshold=0.5)
    assert found.count(within=True, same=True) == 1
    assert found.count(within=False, same=True) == 0
    assert found.count(within=False, same=False) == 2
    assert [(text, len(of)) for text, of in found.short] == [("はい", 2)]
    assert found.pairs[0].similarity == 1.0


def test_the_shipped_corpus_hardly_repeats_itself(corpus):
    found = find_duplicates(corpus)
    assert found.count(within=True, same=True) == 0
    assert len(found.pairs) < len(corpus) / 200
