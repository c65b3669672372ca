"""Waiting for machines' signals, as CloudFormation does for what has a CreationPolicy or waits in its UpdatePolicy.

There are no machines here, so by default nothing waits. In mode "wait" a stack's operation stands still until
SignalResource was called often enough, a machine signalled FAILURE, or the time is over. In mode "over" it is, after a second."""
import os
import time

from ministack.services.cloudformation import _stacks, provisioners, stacks
from ministack.services.cloudformation import wait_conditions as slots

MODES = ("auto", "wait", "over")
_START = os.environ.get("I2KIT_PEER_SIGNALS") or "auto"
_mode = _START


def mode():
    return _mode


def set_mode(mode=None):
    """Sets the mode; none is the one that the peer was started with."""
    global _mode
    if (mode or _START) not in MODES:
        raise ValueError(f"no such mode: {mode}")
    _mode = mode or _START


def definition(stack, logical_id):
    """The resource as the template of the operation under way has it."""
    return provisioners._cfn_wait_condition_definition(stack, logical_id)


def await_creation(stack, logical_id, physical_id):
    """Waits for as many signals as the resource's CreationPolicy wants."""
    wanted = (definition(stack, logical_id).get("CreationPolicy") or {}).get("ResourceSignal")
    if wanted is not None:
        count, seconds = int(wanted.get("Count", 1)), slots.validate_resource_signal_timeout(wanted.get("Timeout"), logical_id)
        _await(stack, logical_id, physical_id, count, seconds, "CREATE")


def await_update(stack, logical_id, physical_id, count):
    """Waits for one signal of each of `count` new machines, if the UpdatePolicy says so."""
    policy = (definition(stack, logical_id).get("UpdatePolicy") or {}).get("AutoScalingRollingUpdate") or {}
    if str(policy.get("WaitOnResourceSignals")).lower() == "true":
        seconds = slots.validate_resource_signal_timeout(policy.get("PauseTime"), logical_id)
        _await(stack, logical_id, physical_id, count, seconds, "UPDATE")


def _await(stack, logical_id, physical_id, count, seconds, verb):
    if _mode == "auto" or count < 1:
        return
    seconds = min(seconds, 1) if _mode == "over" else seconds
    record = _stacks[stack]
    kind, stack_id = definition(stack, logical_id)["Type"], record["StackId"]

    def report(status, reason):
        stacks._add_event(stack_id, stack, logical_id, kind, status, reason, physical_id)

    if verb == "CREATE":
        report("CREATE_IN_PROGRESS", "Resource creation Initiated")
    received = _receive(record, (stack_id, logical_id), kind, count, time.monotonic() + seconds)
    if "SUCCESS" not in received or received.count("SUCCESS") < count:
        failures = received.count("FAILURE")
        if not failures:
            missing = count - len(received)
            report("UPDATE_IN_PROGRESS", f"Failed to receive {missing} resource signal(s) for the current batch. "
                                         "Each resource signal timeout is counted as a FAILURE.")
        what = f"{failures} FAILURE" if failures else f"{len(received)} SUCCESS"
        raise ValueError(f"Received {what} signal(s) out of {count}. "
                         "Unable to satisfy 100% MinSuccessfulInstancesPercent requirement")


def _receive(record, key, kind, count, deadline):
    """The statuses that arrived when there were enough, when one was FAILURE, or at the deadline."""
    token = slots.register_slot(key[0])
    with slots._changed:
        generation = slots._generation
        slots._waiting[key] = {"token": token, "stack_name": record["StackName"], "resource_type": kind}
        try:
            while True:
                if slots._generation != generation:
                    raise RuntimeError("the peer was reset")
                received = [signal["Status"] for signal in slots._handles[token]["signals"].values()]
                left = deadline - time.monotonic()
                if "FAILURE" in received or len(received) >= count or left <= 0:
                    return received
                if record.get("_cancel_requested"):
                    raise ValueError("Resource update cancelled")
                slots._changed.wait(min(left, 0.1))
        finally:
            slots._waiting.pop(key, None)
            slots._handles.pop(token, None)
