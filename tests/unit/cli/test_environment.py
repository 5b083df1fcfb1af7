"""Every wrong or missing setting is named, with what is wrong and an example."""

from pathlib import Path

import pytest

from wirknetz.cli import environment
from wirknetz.cli.say import Stop

GOOD = {
    "WIRKNETZ_SECRET_KEY": "k" * 40,
    "WIRKNETZ_URL": "https://netz.example.org",
    "WIRKNETZ_SMTP_URL": "smtp+tls://name:geheim@mail.example.org:587",
    "WIRKNETZ_MAIL_FROM": "Netz Beispiel <netz@example.org>",
}


@pytest.fixture(autouse=True)
def german(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LC_ALL", "de_DE.UTF-8")


def found(**changed: str) -> list[str]:
    return list(environment.problems(GOOD | changed))


def test_good_settings_raise_nothing(tmp_path: Path) -> None:
    more = {
        "WIRKNETZ_HOSTS": "netz.example.org,127.0.0.1",
        "WIRKNETZ_DATA_DIR": str(tmp_path / "new" / "deep"),
        "DATABASE_URL": "postgres://wirknetz:geheim@127.0.0.1:5432/wirknetz",
        "WIRKNETZ_TIME_ZONE": "Europe/Berlin",
        "WIRKNETZ_HTTPS": "Yes",
        "WIRKNETZ_WORKERS": "2",
        "WIRKNETZ_TEST_POSTGRES_URL": "whatever",
        "PATH": "/bin",
    }
    assert found(**more) == []


def test_an_empty_environment_names_all_that_is_needed() -> None:
    hints = list(environment.problems({}))
    assert [hint.split()[0] for hint in hints] == [
        "WIRKNETZ_SECRET_KEY",
        "WIRKNETZ_URL",
        "WIRKNETZ_SMTP_URL",
    ]
    assert all("fehlt" in hint and "Beispiel: " in hint for hint in hints)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("WIRKNETZ_SECRET_KEY", "k" * 39, "kürzer als 40"),
        ("WIRKNETZ_URL", "netz.example.org", "https://"),
        ("WIRKNETZ_URL", "ftp://netz.example.org", "https://"),
        ("WIRKNETZ_URL", "https://netz.example.org:99999", "https://"),
        ("WIRKNETZ_URL", "https://netz.example.org/wirknetz", "nichts mehr"),
        ("WIRKNETZ_HOSTS", "https://netz.example.org", "ohne https://"),
        ("WIRKNETZ_SMTP_URL", "mail.example.org", "smtp://"),
        ("WIRKNETZ_SMTP_URL", "smtp://", "keinen Mail-Server"),
        ("WIRKNETZ_MAIL_FROM", "Netz Beispiel", "keine E-Mail-Adresse"),
        ("WIRKNETZ_MAIL_FROM", "", "fehlt"),
        ("DATABASE_URL", "mysql://localhost/netz", "postgres://"),
        ("DATABASE_URL", "postgres://localhost", "keine Datenbank"),
        ("DATABASE_URL", "postgres://localhost:port/netz", "postgres://"),
        ("WIRKNETZ_TIME_ZONE", "Berlin", "Zeitzone"),
        ("WIRKNETZ_HTTPS", "vielleicht", "weder yes noch no"),
        ("WIRKNETZ_WORKERS", "0", "von 1 bis 64"),
        ("WIRKNETZ_THREADS", "viele", "von 1 bis 64"),
        ("WIRKNETZ_DATA_DIR", "/dev/null/data", "kein Ordner"),
    ],
)
def test_a_wrong_setting_is_named_with_an_example(name: str, value: str, said: str) -> None:
    [hint] = found(**{name: value})
    assert hint.startswith(f"{name} ")
    assert said in hint
    assert f"Beispiel: {name}=" in hint


def test_no_hint_repeats_a_secret() -> None:
    secret = "kurz-und-geheim"
    hints = found(
        WIRKNETZ_SECRET_KEY=secret,
        DATABASE_URL=f"mysql://me:{secret}@localhost/netz",
        WIRKNETZ_SMTP_URL=f"imap://me:{secret}@mail.example.org",
    )
    assert len(hints) == 3
    assert secret not in "".join(hints)


def test_no_sender_is_needed_where_no_mail_leaves() -> None:
    assert found(WIRKNETZ_SMTP_URL="dummymail://", WIRKNETZ_MAIL_FROM="") == []


@pytest.mark.parametrize(
    ("name", "meant"), [("WIRKNETZ_HOST", "WIRKNETZ_HOSTS"), ("WIRKNETZ_SECRETKEY", "_SECRET_KEY")]
)
def test_a_misspelt_name_is_recognised(name: str, meant: str) -> None:
    [hint] = found(**{name: "x"})
    assert hint.startswith(f"{name} ")
    assert f"{meant}?" in hint


def test_all_problems_are_said_at_once() -> None:
    with pytest.raises(Stop) as stopped:
        environment.complete({"WIRKNETZ_TIME_ZONE": "Berlin"})
    assert str(stopped.value).count("Beispiel: ") == 4


@pytest.mark.parametrize(
    ("url", "https"), [("https://netz.example.org/", "yes"), ("http://netz.example.org", "no")]
)
def test_what_follows_from_the_address_is_filled_in(url: str, https: str) -> None:
    given = GOOD | {"WIRKNETZ_URL": url}
    environment.complete(given)
    assert given["WIRKNETZ_HTTPS"] == https
    assert given["WIRKNETZ_HOSTS"] == "netz.example.org,127.0.0.1,localhost"
    assert not given["WIRKNETZ_URL"].endswith("/")


def test_what_was_said_is_not_replaced() -> None:
    given = GOOD | {"WIRKNETZ_HOSTS": "innen.example.org", "WIRKNETZ_HTTPS": "no"}
    environment.complete(given)
    assert given["WIRKNETZ_HOSTS"] == "innen.example.org"
    assert given["WIRKNETZ_HTTPS"] == "no"


@pytest.mark.parametrize(
    ("changed", "hinted"),
    [
        ({}, True),
        ({"WIRKNETZ_BEHIND_PROXY": " "}, True),
        ({"WIRKNETZ_BEHIND_PROXY": "yes"}, False),
        ({"WIRKNETZ_BEHIND_PROXY": "no"}, False),
        ({"WIRKNETZ_URL": "http://192.168.1.5:8000"}, False),
    ],
)
def test_https_without_a_proxy_is_hinted_at(changed: dict[str, str], hinted: bool) -> None:
    hints = list(environment.hints(GOOD | changed))
    assert bool(hints) is hinted
    assert all("WIRKNETZ_BEHIND_PROXY=yes" in hint for hint in hints)
