from __future__ import annotations

import socket

import pytest

from forms_service.errors import MachineNotReady
from forms_service.supervision.only_one import insist_on_free_port, only_one


def test_a_second_up_on_the_same_instance_is_refused_with_the_first_ones_process(instance):
    with only_one(instance), pytest.raises(MachineNotReady, match=r"already \(process \d+\)"), only_one(instance):
        pass


def test_the_instance_is_free_again_afterwards(instance):
    with only_one(instance):
        pass
    with only_one(instance):
        assert (instance / "up.lock").read_text().isdigit()


def test_a_port_in_use_is_refused_with_how_to_choose_another():
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(MachineNotReady, match=f"Port {port} .* in use") as caught:
            insist_on_free_port("127.0.0.1", port)
    assert f"FORMS_PORT={port + 1}" in str(caught.value)


def test_a_port_that_was_used_a_moment_ago_is_free():
    with socket.create_server(("127.0.0.1", 0)) as listening:
        address = listening.getsockname()
        with socket.create_connection(address) as client:
            served, _ = listening.accept()
            served.close()
            client.recv(1)
    insist_on_free_port(*address)


def test_an_address_of_another_machine_is_refused():
    with pytest.raises(MachineNotReady, match="Set FORMS_HOST"):
        insist_on_free_port("192.0.2.1", 8000)
