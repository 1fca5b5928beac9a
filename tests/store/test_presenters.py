"""Devices that may lead: kept, replaced, forgotten one by one or all."""

from tests.store.people import NOON, later


def test_a_device_may_lead_until_what_was_said_last(store):
    assert store.presenter_until("a") is None
    store.keep_presenter("a", until=NOON)
    store.keep_presenter("a", until=later(60))

    assert store.presenter_until("a") == later(60)


def test_one_device_is_forgotten_or_all(store):
    for name in ("a", "b", "c"):
        store.keep_presenter(name, until=NOON)
    store.forget_presenter("a")
    assert (store.presenter_until("a"), store.presenter_until("b")) == (None, NOON)

    store.forget_presenters()
    assert (store.presenter_until("b"), store.presenter_until("c")) == (None, None)
