"""The check against Discord's description finds what it should."""

from dataclasses import replace

from bot.sandbox import Exchange
from tests.openapi import OpenApi

_PIN = Exchange(
    method="GET",
    route="/channels/{channel_id}/messages/pins",
    query={},
    headers={},
    request=None,
    status=200,
    response={"items": [], "has_more": False},
    who="bot",
)


def test_what_is_described_passes(openapi: OpenApi) -> None:
    assert openapi.problems(_PIN) == []


def test_an_answer_of_another_shape_is_found(openapi: OpenApi) -> None:
    assert "has_more" in openapi.problems(replace(_PIN, response={"items": []}))[0]


def test_an_unknown_query_body_status_and_route_are_found(openapi: OpenApi) -> None:
    assert openapi.problems(replace(_PIN, query={"page": "2"}))
    assert openapi.problems(replace(_PIN, request={"x": 1}))
    assert openapi.problems(replace(_PIN, status=201))
    assert openapi.problems(replace(_PIN, route="/channels/{channel_id}/elsewhere"))


def test_a_request_of_another_shape_is_found_unless_it_was_refused(openapi: OpenApi) -> None:
    said = {"message": "Invalid Form Body", "code": 50035}
    edit = replace(_PIN, method="PUT", route="/channels/{channel_id}/permissions/{overwrite_id}", request={"type": "x"})
    assert openapi.problems(replace(edit, status=204, response=None))
    assert openapi.problems(replace(edit, status=400, response=said)) == []


def test_the_parameters_may_have_other_names(openapi: OpenApi) -> None:
    assert openapi.problems(replace(_PIN, route="/channels/{place}/messages/pins")) == []
