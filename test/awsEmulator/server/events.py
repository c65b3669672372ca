"""A stack's events as CloudFormation writes them: an update creates what is new in it, and says nothing of what it leaves alone."""
from ministack.services.cloudformation import _stack_events, _stacks, stacks

import fault
import signals

_add_event, _update_resource, _on_worker = stacks._add_event, stacks._update_resource, stacks._runs_on_worker_thread
_creating, _unchanged = set(), set()
_WAITING = {"AWS::AutoScaling::AutoScalingGroup", "AWS::EC2::Instance"}


def reset():
    _creating.clear()
    _unchanged.clear()


def _event(stack_id, stack_name, logical_id, resource_type, status, reason="", *rest, **named):
    key, resources = (stack_id, logical_id), _stacks.get(stack_name, {}).get("_resources", {})
    if key in _unchanged:
        _unchanged.discard(key)
        if status == "UPDATE_COMPLETE":
            return
    if status == "UPDATE_IN_PROGRESS" and logical_id not in resources and logical_id != stack_name and not reason:
        _creating.add(key)
    if key in _creating and status.startswith("UPDATE_"):
        status = status.replace("UPDATE_", "CREATE_")
        if status == "CREATE_COMPLETE":
            resources[logical_id]["ResourceStatus"] = status
    elif reason.startswith("Received ") and "signal with UniqueId" in reason and logical_id in resources:
        # ministack knows no signals but those of a creation.
        status = "UPDATE_IN_PROGRESS"
    if status in ("CREATE_COMPLETE", "CREATE_FAILED"):
        _creating.discard(key)
    if status == "CREATE_FAILED" and not any(rest) and "physical_id" not in named:
        # ministack has forgotten what it is; CloudFormation has not.
        log = _stack_events.get(stack_id) or []
        named["physical_id"] = next((event["PhysicalResourceId"] for event in reversed(log)
                                     if event["LogicalResourceId"] == logical_id and event["PhysicalResourceId"]), "")
    _add_event(stack_id, stack_name, logical_id, resource_type, status, reason, *rest, **named)
    _give_token(stack_id)


def _give_token(stack_id):
    """All events of an operation have its token; ministack leaves it out of those that a signal makes, which comes in a request of its own."""
    log = _stack_events[stack_id]
    if "signal with UniqueId" in log[-1]["ResourceStatusReason"] and len(log) > 1 and "ClientRequestToken" in log[-2]:
        log[-1].setdefault("ClientRequestToken", log[-2]["ClientRequestToken"])


def _update(resource_type, physical_id, old, new, stack_name, logical_id=None, attributes=None):
    stack_id = _stacks.get(stack_name, {}).get("StackId")
    log = _stack_events.get(stack_id) or []
    if old == new and log and (log[-1]["LogicalResourceId"], log[-1]["ResourceStatus"]) == (logical_id, "UPDATE_IN_PROGRESS"):
        log.pop()
        _unchanged.add((stack_id, logical_id))
    return _update_resource(resource_type, physical_id, old, new, stack_name, logical_id, attributes)


def _blocks(resource_type):
    """What may stand still must do so on a thread of its own, so that the peer still answers."""
    return resource_type == fault.TYPE or (resource_type in _WAITING and signals.mode() == "wait") or _on_worker(resource_type)


stacks._add_event, stacks._update_resource, stacks._runs_on_worker_thread = _event, _update, _blocks
