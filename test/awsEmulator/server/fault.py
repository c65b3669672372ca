"""A resource that fails when told to, so that every state of a stack can be reached.

Type I2kit::Test::Fault; FailOn: any of create, update and delete; DelayMs: how long each takes; Message: the reason."""
import time

from registry import resource

TYPE = "I2kit::Test::Fault"


def _act(operation, props):
    time.sleep(float(props.get("DelayMs") or 0) / 1000)
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
