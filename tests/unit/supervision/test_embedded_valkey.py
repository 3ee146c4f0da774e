from __future__ import annotations

import stat

import pytest
import redis

from forms_service.errors import MachineNotReady, SettingsError
from forms_service.settings import read_settings
from forms_service.supervision.crew import Crew
from forms_service.supervision.valkey import LONGEST_SOCKET, address_of, socket_of, url_of, valkey, wait_for
from forms_service.wiring import doorbell_of


@pytest.fixture
def crew():
    crew = Crew()
    yield crew
    crew.stop()


def test_the_server_answers_on_a_socket_that_only_we_can_open(crew, instance):
    instance = instance / 'with a "name"'
    crew.start(valkey(instance))
    wait_for(instance)
    with redis.Redis.from_url(url_of(instance)) as client:
        assert client.ping()
        assert client.config_get("save") == {"save": ""}
    assert stat.S_IMODE(socket_of(instance).stat().st_mode) == 0o700


def test_parts_on_their_own_find_the_server_that_up_has_started(crew, instance):
    crew.start(valkey(instance))
    wait_for(instance)
    assert doorbell_of(read_settings(instance, {})) == address_of(instance)


def test_without_a_server_parts_say_what_they_need(instance):
    with pytest.raises(SettingsError, match="FORMS_REDIS_URL"):
        doorbell_of(read_settings(instance, {}))


def test_a_long_path_does_not_stop_the_server(crew, instance):
    instance = instance / ("long" * 40)
    assert len(str(socket_of(instance))) <= LONGEST_SOCKET
    crew.start(valkey(instance))
    wait_for(instance)
    assert address_of(instance)


def test_rq_can_ask_for_its_address_also_where_the_path_has_spaces(crew, instance):
    instance = instance / "with a space"
    crew.start(valkey(instance))
    wait_for(instance)
    with redis.Redis.from_url(url_of(instance)) as client:
        assert " " not in str(client.client_info()["addr"])


def test_a_server_that_does_not_start_is_said(instance):
    with pytest.raises(MachineNotReady, match=r"valkey\.log"):
        wait_for(instance, seconds=0.1)
