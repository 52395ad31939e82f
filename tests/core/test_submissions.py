"""One effect per submit: twice in a row, twice at once, and with other words under the same nonce."""

import threading
from collections import Counter

import pytest
from django.db import connection, transaction
from django.http import HttpResponse, HttpResponseRedirect
from django.template import Context, Template
from django.test import RequestFactory

from moussem.core.actor import ANONYMOUS, Actor
from moussem.core.models import NewsItem, Submission
from moussem.core.submissions import Answer, KeyReused, answer_once, digest_of, digest_of_body, new_nonce, once

BY = Actor("user", "1", "organiser")
effects: Counter = Counter()


@pytest.fixture(autouse=True)
def no_effects():
    effects.clear()


def effect(name):
    """A change of the database that two requests can each make."""
    NewsItem.objects.create(name="effect", key=f"{name}:{new_nonce()}")


@once
def form(request):
    if request.POST.get("jobs", "").isdecimal():
        effect(request.POST["jobs"])
        return HttpResponseRedirect(f"/figures/{NewsItem.objects.count()}/")
    return HttpResponse("a whole number, please", status=200)


def post(view=form, *, actor=BY, **words):
    request = RequestFactory().post("/figures/", words)
    request.actor = actor
    request.resolver_match = None
    return view(request)


@pytest.mark.django_db
def test_a_form_sent_twice_acts_once_and_leads_to_the_same_page():
    words = {"nonce": new_nonce(), "jobs": "20"}
    first, second = post(**words), post(**words)
    assert (first.status_code, first.url) == (second.status_code, second.url) == (302, "/figures/1/")
    assert NewsItem.objects.count() == 1


@pytest.mark.django_db
def test_another_form_of_the_same_page_acts_again():
    post(nonce=new_nonce(), jobs="20")
    post(nonce=new_nonce(), jobs="20")
    assert NewsItem.objects.count() == 2


@pytest.mark.django_db
def test_other_words_under_the_same_nonce_are_refused_with_a_sentence():
    nonce = new_nonce()
    post(nonce=nonce, jobs="20")
    response = post(nonce=nonce, jobs="2000")
    assert response.status_code == 409
    assert "autre contenu" in response.content.decode()
    assert NewsItem.objects.count() == 1


@pytest.mark.django_db
def test_a_form_without_its_nonce_is_refused():
    response = post(jobs="20")
    assert response.status_code == 400
    assert not NewsItem.objects.exists()


@pytest.mark.django_db
def test_a_wrong_form_may_be_corrected_under_the_same_nonce():
    nonce = new_nonce()
    assert post(nonce=nonce, jobs="à terme").status_code == 200
    assert post(nonce=nonce, jobs="20").status_code == 302
    assert NewsItem.objects.count() == 1


@pytest.mark.django_db
def test_somebody_elses_nonce_is_not_mine():
    words = {"nonce": new_nonce(), "jobs": "20"}
    post(**words)
    post(actor=Actor("user", "2", "other"), **words)
    assert NewsItem.objects.count() == 2


@pytest.mark.django_db
def test_what_failed_may_be_sent_again():
    def fails():
        effect("half")
        raise OSError("the disk is full")

    with pytest.raises(OSError, match="full"):
        answer_once(actor=BY, key="k", digest="d", produce=fails)
    assert not NewsItem.objects.exists()
    assert answer_once(actor=BY, key="k", digest="d", produce=lambda: Answer(201, {"id": "1"})).status == 201


@pytest.mark.django_db
def test_an_api_write_repeated_answers_what_the_first_one_answered():
    def produce():
        effect("api")
        return Answer(201, {"id": "1"})

    first = answer_once(actor=BY, key="k", digest="d", produce=produce)
    second = answer_once(actor=BY, key="k", digest="d", produce=produce)
    assert (first.replayed, second.replayed) == (False, True)
    assert (second.status, second.body) == (201, {"id": "1"})
    with pytest.raises(KeyReused):
        answer_once(actor=BY, key="k", digest="other", produce=produce)
    assert NewsItem.objects.count() == 1


def test_digests_tell_fields_and_bodies_apart():
    assert digest_of("/a/", [("a", "bc")]) != digest_of("/a/", [("ab", "c")])
    one, other = (RequestFactory().post("/a/", body, "application/json") for body in ('{"a":1}', '{"a":2}'))
    assert digest_of_body(one) != digest_of_body(other)


def test_each_form_has_a_nonce_of_its_own():
    said = Template("{% load submissions %}{% nonce %}").render(Context())
    assert 'name="nonce"' in said
    assert said != Template("{% load submissions %}{% nonce %}").render(Context())


def pairs(count, view):
    """Send `count` forms, each twice at once; answer how many effects there were too many, and the answers."""
    answers, failures = [], []
    for _ in range(count):
        words = {"nonce": new_nonce(), "jobs": "20"}
        together = threading.Barrier(2)

        def send(words=words, together=together):
            try:
                together.wait()
                answers.append((words["nonce"], post(view, actor=ANONYMOUS, **words).status_code))
            except Exception as error:
                failures.append(error)
            finally:
                connection.close()

        threads = [threading.Thread(target=send) for _ in range(2)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert failures == []
    return NewsItem.objects.count() - count, answers


@pytest.mark.django_db(transaction=True)
def test_fifty_pairs_sent_at_once_have_fifty_effects():
    too_many, answers = pairs(50, form)
    assert too_many == 0
    assert len(answers) == 100
    assert {status for _, status in answers} == {302}


@pytest.mark.django_db(transaction=True)
def test_looking_first_and_acting_then_would_act_twice():
    """The negative control of the test above: the naive way, with both requests between look and act."""
    looked = {}

    def naive(request):
        key = request.POST["nonce"]
        seen = Submission.objects.filter(owner="naive", key=key).exists()
        looked.setdefault(key, threading.Barrier(2)).wait()
        if not seen:
            with transaction.atomic():
                effect("naive")
                Submission.objects.get_or_create(owner="naive", key=key, defaults={"digest": ""})
        return HttpResponseRedirect("/")

    too_many, _ = pairs(5, naive)
    assert too_many > 0
