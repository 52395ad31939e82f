"""The five texts as data: short exact quotes, both languages, nothing left unexplained."""

import hashlib
import re

import pytest

from moussem.demo.domain.reading import texts

MOST_WORDS = 12


def walk(record):
    yield record
    children = record.values() if isinstance(record, dict) else record if isinstance(record, list) else ()
    for child in children:
        yield from walk(child)


def cited(text):
    for record in walk({name: value for name, value in text.items() if name != "passage"}):
        if isinstance(record, dict) and "quote" in record:
            yield record


def words(quote):
    return re.findall(r"\w+", quote)


def sentences(passage):
    """The whole sentences and whole lines of a passage, bare of the punctuation around them."""
    found = set()
    for line in passage.split("\n"):
        for part in [line, *re.split(r"(?<=[.!?;])\s+", line)]:
            found.add(re.sub(r"^\W+|\W+$", "", part))
    return {sentence for sentence in found if len(words(sentence)) > 3}


def too_much(quote, passage):
    """Why a quote may not be carried over: longer than twelve words, or a whole sentence; "" where it may."""
    if len(words(quote)) > MOST_WORDS:
        return "long"
    return "sentence" if re.sub(r"^\W+|\W+$", "", quote) in sentences(passage) else ""


@pytest.mark.parametrize("text", texts(), ids=lambda text: text["document"]["key"])
class TestEachText:
    def test_its_passages_cover_it_without_a_gap(self, text):
        at = 0
        for number, passage in enumerate(text["passage"], start=1):
            assert (passage["n"], passage["start"]) == (number, at)
            at = passage["end"]
        assert at == text["document"]["characters"]

    def test_every_quote_and_fragment_has_at_most_twelve_words(self, text):
        quotes = [item["quote"] for item in cited(text)] + [passage["fragment"] for passage in text["passage"]]
        assert len(quotes) > 20
        assert [quote for quote in quotes if len(words(quote)) > MOST_WORDS] == []

    def test_every_quote_lies_within_its_passage(self, text):
        spans = {passage["n"]: (passage["start"], passage["end"]) for passage in text["passage"]}
        for item in cited(text):
            start, end = spans[item["passage"]]
            assert start <= item["at"] <= end - len(item["quote"]), item

    def test_a_passage_that_is_taken_became_something_and_another_says_why_not(self, text):
        used = {item["passage"] for item in cited(text)}
        for passage in text["passage"]:
            taken = passage["n"] in used or "becomes" in passage
            assert passage["taken"] is taken, passage
            assert taken or {"fr", "en"} <= passage["reason"].keys(), passage

    def test_every_fact_is_cited_and_says_who_said_it(self, text):
        for kind in ("figure", "statement"):
            for fact in text.get(kind, ()):
                assert all(fact[name] for name in ("cite", "stated_by", "subjects")), fact

    def test_our_words_are_there_in_french_and_in_english(self, text):
        ours = [record["words"] for record in walk(text) if isinstance(record, dict) and "words" in record]
        ours = [record for record in ours if isinstance(record, dict)]
        ours += [record["note"] for record in walk(text) if isinstance(record, dict) and "note" in record]
        assert all(record.keys() == {"fr", "en"} and all(record.values()) for record in ours)
        assert ours

    def test_it_says_what_it_does_not_state(self, text):
        passages = {passage["n"] for passage in text["passage"]}
        assert len(text["silence"]) >= 4
        assert all(silence["passage"] in passages for silence in text["silence"])

    @pytest.mark.shared
    def test_every_fragment_and_quote_is_an_exact_piece_and_no_whole_sentence(self, text, shared):
        content = (shared / "seeds" / text["document"]["file"]).read_bytes()
        assert hashlib.sha256(content).hexdigest() == text["document"]["sha256"]
        whole = content.decode()
        passages = {p["n"]: whole[p["start"] : p["end"]] for p in text["passage"]}
        for passage in text["passage"]:
            assert passage["fragment"] in passages[passage["n"]]
            assert too_much(passage["fragment"], passages[passage["n"]]) == "", passage["fragment"]
        for item in cited(text):
            assert whole[item["at"] : item["at"] + len(item["quote"])] == item["quote"]
            assert too_much(item["quote"], passages[item["passage"]]) == "", item["quote"]


def test_a_whole_sentence_and_a_long_quote_would_be_found():
    passage = "Un salon ouvre à Oujda en juillet. Il reçoit " + "beaucoup " * 12 + "de monde."
    assert too_much("Un salon ouvre à Oujda en juillet", passage) == "sentence"
    assert too_much("reçoit " + "beaucoup " * 12, passage) == "long"
    assert too_much("ouvre à Oujda", passage) == ""


def test_keys_of_facts_are_used_once():
    keys = [fact["key"] for text in texts() for name in ("figure", "statement") for fact in text.get(name, ())]
    assert len(keys) == len(set(keys))


def test_no_real_person_gets_what_no_source_states():
    allowed = {"key", "name", "aliases", "place", "cite"}
    for text in texts():
        for person in text.get("person", ()):
            assert person.keys() <= allowed
