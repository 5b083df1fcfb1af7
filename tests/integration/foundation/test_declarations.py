"""What is declared about fields, acts and providers is complete."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db.models import Model

from wirknetz.foundation import audit, links, providers

MODELS = [m for m in apps.get_models() if m.__module__.startswith("wirknetz.")]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)
def test_every_field_is_declared_personal_or_harmless(model: type[Model]) -> None:
    fields = {field.name for field in model._meta.concrete_fields}
    many = {field.name for field in model._meta.many_to_many}
    personal, harmless = set(model.PERSONAL), set(model.HARMLESS)  # type: ignore[attr-defined]
    assert fields - personal - harmless == set(), "neither personal nor harmless"
    assert personal & harmless == set(), "both"
    assert (personal | harmless) - fields - many == set(), "no such field"


def test_there_are_models_to_look_at() -> None:
    assert len(MODELS) > 10


def test_the_foundations_own_links_are_known() -> None:
    from wirknetz.foundation import urls  # noqa: F401  (the addresses bring the acts)

    assert {"account.join", "account.sign-in", "site.set-up"} <= set(links.purposes())


def test_the_foundations_acts_have_names() -> None:
    for action in ("account.opened", "account.joined", "account.signed_in", "link.used"):
        assert audit.label_of(action) != action


class TestRegistry:
    def test_rooms_answer_in_alphabetical_order(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(providers, "_answers", providers.defaultdict(dict))
        question = providers.Question("test", int, str)
        providers.answers(question, room="b")(lambda n: [f"b{n}"])
        providers.answers(question, room="a")(lambda n: [f"a{n}", "a"])
        assert list(providers.ask(question, 1)) == ["a1", "a", "b1"]
        assert providers.registered()["answer test"] == ("a", "b")

    def test_nobody_answers_an_unknown_question(self) -> None:
        assert list(providers.ask(providers.Question("nobody", int, str), 1)) == []

    def test_if_one_reaction_fails_the_teller_hears_it(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        class Event:
            pass

        def fail(event: Event) -> None:
            raise RuntimeError("kaputt")

        monkeypatch.setattr(providers, "_reactions", providers.defaultdict(dict))
        providers.reacts(Event, room="a")(fail)
        with pytest.raises(RuntimeError, match="kaputt"):
            providers.tell(Event())
