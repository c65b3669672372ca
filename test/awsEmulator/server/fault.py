"""A resource that fails when told to, so that every state of a stack can be reached.

Type I2kit::Test::Fault; FailOn: any of create, update and delete; Until: a file that each
waits for; Message: the reason."""
import os
import time

from registry import resource

TYPE = "I2kit::Test::Fault"


def _act(operation, props):
    until = props.get("Until")
    while until and not os.path.exists(until):
        time.sleep(0.05)
    if operation in (props.get("FailOn") or []):
        raise ValueError(props.get("Message") or f"injected {operation} failure")


@resource(TYPE)
class Fault:
    @staticmethod
    def create(logical_id, props, stack):
        _act("create", props)
        return f"fault-{logical_id}", {}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        _act("update", new)
        return physical_id, {}

    @staticmethod
    def delete(physical_id, props):
        _act("delete", props)
