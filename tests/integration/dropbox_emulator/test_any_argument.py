"""Whatever a client sends to any implemented route, the answer is one of Dropbox's own: never a 5xx."""

import base64
import json
from dataclasses import replace

import pytest
import requests
from dropbox import auth
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stone.backends.python_rsrc import stone_validators as stone

from local.dropbox_emulator import AUTO_IMPORT_APP, SYNCHRONISATION_APP, DropboxEmulator
from local.dropbox_emulator.api.registry import APP_IMPLEMENTATIONS, IMPLEMENTATIONS, OPEN_IMPLEMENTATIONS
from local.dropbox_emulator.api.route_table import all_routes
from local.dropbox_emulator.core.apps import SCOPES
from local.dropbox_emulator.core.stone_json import decode

APPS = [
    replace(app, scopes=(*SCOPES, "sharing.read", "sharing.write"))
    for app in (AUTO_IMPORT_APP, SYNCHRONISATION_APP)
]
NAMES = sorted({*IMPLEMENTATIONS, *APP_IMPLEMENTATIONS, *OPEN_IMPLEMENTATIONS} - {"auth/token/revoke"})
ROUTES = [all_routes()[name] for name in NAMES]
ODD = st.sampled_from(
    [
        *(
            "",
            "/",
            "//",
            "/a",
            "/A/b/",
            "/d/b",
            "/none",
            "/..",
            "/a/../b",
            "/a\\b",
            "/ a ",
            "/.DS_Store",
            "/a\x7f",
        ),
        *(
            "/\x00",
            "/\ud800",
            "/" + "x" * 300,
            "/é",
            "/e\u0301",
            "no slash",
            "id:",
            "id:x",
            "rev:",
            "ns:1",
            "ns:1/a",
        ),
        *(None, 0, -1, 1.5, True, [], {}, {".tag": "x"}, "add", "2020-01-01T00:00:00Z", "dbjid:x", 10**30),
    ]
)


def values(validator, depth=0):
    """Values of a Stone type as JSON, with something odd in their midst now and then."""
    if depth > 4:
        return ODD
    return st.one_of(_values(validator, depth), _values(validator, depth), ODD)


def _values(validator, depth):
    if isinstance(validator, stone.Nullable):
        return _values(validator.validator, depth)
    if isinstance(validator, stone.Union):
        return _members(validator.definition, depth)
    if isinstance(validator, stone.Struct | stone.StructTree):
        fields = {name: values(each, depth + 1) for name, each in validator.definition._all_fields_}
        return st.fixed_dictionaries({}, optional=fields)
    if isinstance(validator, stone.List):
        return st.lists(values(validator.item_validator, depth + 1), max_size=3)
    if isinstance(validator, stone.Boolean):
        return st.booleans()
    if isinstance(validator, stone.Integer):
        return st.integers(-1, 2001)
    return ODD


def _members(union, depth):
    return st.sampled_from(sorted(union._tagmap)).flatmap(
        lambda tag: values(union._tagmap[tag], depth + 1).map(lambda value: {".tag": tag, tag: value})
    )


@pytest.fixture(scope="module")
def world():
    """An emulator with some files, and a token of each app."""
    with DropboxEmulator(apps=APPS) as emulator, requests.Session() as session:
        alice = emulator.add_account("alice")
        tokens = [
            emulator.authorizations.refresh(app.key, emulator.link(app.key, alice), None, has_secret=True)
            for app in APPS
        ]
        yield emulator, session, alice, tokens


def call(emulator, session, route, argument, token, body):
    if route.auth == ("app",):
        pair = f"{AUTO_IMPORT_APP.key}:{AUTO_IMPORT_APP.secret}".encode()
        headers = {"Authorization": "Basic " + base64.b64encode(pair).decode()}
    else:
        headers = {"Authorization": f"Bearer {token}"}
    text = json.dumps(argument)
    if route.style == "rpc":
        headers["Content-Type"], body = "application/json", text
    else:
        headers["Dropbox-API-Arg"] = text
        headers |= {"Content-Type": "application/octet-stream"} if route.style == "upload" else {}
    return session.post(f"{emulator.url}/2/{route.name}", data=body, headers=headers, timeout=5)


@settings(
    max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large]
)
@given(data=st.data())
def test_every_answer_is_one_of_dropbox_s_own(world, data):
    emulator, session, alice, tokens = world
    for path in ("/Apps/Jenji/a", "/Apps/Jenji/d/b", "/a"):
        alice.write(path, b"12345")
    route = data.draw(st.sampled_from(ROUTES))
    argument = data.draw(values(route.arg_type))
    if route.name.endswith("longpoll"):
        argument = {"cursor": argument}

    body = data.draw(st.sampled_from([None, b"1", b"12345"]))
    answer = call(emulator, session, route, argument, data.draw(st.sampled_from(tokens)), body)

    if answer.status_code == 400:
        assert answer.text.startswith(f'Error in call to API function "{route.name}": ')
    elif answer.status_code == 401:
        decode(auth.AuthError_validator, json.dumps(answer.json()["error"]))
    elif answer.status_code == 409:
        decode(route.error_type, json.dumps(answer.json()["error"]))
        assert answer.json()["error_summary"]
    else:
        assert answer.status_code == 200
        decode(route.result_type, answer.headers.get("Dropbox-API-Result") or answer.text)


@pytest.mark.parametrize("name", sorted(set(IMPLEMENTATIONS) - {"auth/token/revoke"}))
def test_every_route_wants_the_scope_its_documentation_names(name, world):
    emulator, session, _, _ = world
    bob = emulator.accounts.get("bob") or emulator.add_account("bob")
    refresh_token = emulator.link(AUTO_IMPORT_APP.key, bob, scopes=[])
    token = emulator.authorizations.refresh(AUTO_IMPORT_APP.key, refresh_token, None, has_secret=True)
    route = all_routes()[name]

    answer = call(emulator, session, route, None, token, None)

    assert answer.status_code == 401
    assert answer.json()["error"] == {".tag": "missing_scope", "required_scope": route.scope}


@pytest.mark.parametrize(
    ("name", "scope"),
    [
        ("files/list_folder", "files.metadata.read"),
        ("files/download", "files.content.read"),
        ("files/upload", "files.content.write"),
        ("files/move_batch_v2", "files.content.write"),
        ("users/get_current_account", "account_info.read"),
        ("sharing/create_shared_link_with_settings", "sharing.write"),
        ("auth/token/revoke", None),
    ],
)
def test_scopes_are_those_of_the_public_specification(name, scope):
    assert all_routes()[name].scope == scope


@pytest.mark.parametrize("path", ["/oauth2/token", "/oauth2/authorize"])
@pytest.mark.parametrize("body", [b"", b"\xff\xfe=1", b"{}", b"--x\r\n\r\n", b"code=" + b"x" * 100_000])
@pytest.mark.parametrize(
    "content_type",
    [
        "application/x-www-form-urlencoded",
        "application/x-www-form-urlencoded; charset=nope",
        "application/x-www-form-urlencoded; charset=utf-16",
        "multipart/form-data",
        "multipart/form-data; boundary=x",
        "text/plain",
    ],
)
def test_a_form_that_is_none_is_bad_input(world, path, body, content_type):
    emulator, session, _, _ = world

    answer = session.post(emulator.url + path, data=body, headers={"Content-Type": content_type}, timeout=5)

    assert answer.status_code == 400
