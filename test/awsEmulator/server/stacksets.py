"""CloudFormation StackSets, which ministack lacks: sets, their stacks in accounts and regions, and operations with results.

The stacks themselves are not made: what is here are the answers of the API, as its reference describes them. A stack in
a region that no account has opted into (me-central-1 here) fails, as it would."""
import itertools
from html import escape

from ministack.services.cloudformation.handlers import _ACTION_HANDLERS
from ministack.services.cloudformation.helpers import _error, _p, _xml

_sets = {}
_serial = itertools.count(1)
_CLOSED = "me-central-1"
# How often an operation is looked at before it has ended.
_LOOKS = 2


def reset():
    _sets.clear()


def _members(params, prefix):
    return [_p(params, f"{prefix}.member.{at}") for at in itertools.takewhile(
        lambda at: f"{prefix}.member.{at}" in params, itertools.count(1))]


def _records(params, prefix, *keys):
    return [{key: _p(params, f"{prefix}.member.{at}.{key}") for key in keys} for at in itertools.takewhile(
        lambda at: f"{prefix}.member.{at}.{keys[0]}" in params, itertools.count(1))]


def _element(record):
    def text(value):
        if isinstance(value, dict):
            return _element(value)
        if isinstance(value, list):
            return "".join(f"<member>{text(each)}</member>" for each in value)
        return escape(str(value))
    return "".join(f"<{key}>{text(value)}</{key}>" for key, value in record.items())


def _answer(action, record):
    return _xml(200, f"{action}Response", f"<{action}Result>{_element(record)}</{action}Result>")


def _found(handler):
    def checked(params):
        found = _sets.get(_p(params, "StackSetName"))
        if found is None:
            return _error("StackSetNotFoundException", f"StackSet {_p(params, 'StackSetName')} not found", 404)
        return handler(params, found)
    return checked


def _body(params):
    return {"TemplateBody": _p(params, "TemplateBody"), "Tags": _records(params, "Tags", "Key", "Value"),
            "Parameters": _records(params, "Parameters", "ParameterKey", "ParameterValue")}


def _create(params):
    name, token = _p(params, "StackSetName"), _p(params, "ClientRequestToken")
    there = _sets.get(name)
    if there and there["token"] != token:
        return _error("NameAlreadyExistsException", f"StackSet {name} already exists", 409)
    if not there:
        there = _sets[name] = {
            "set": {"StackSetName": name, "StackSetId": f"{name}:{next(_serial):08d}", "Status": "ACTIVE", **_body(params),
                    "PermissionModel": _p(params, "PermissionModel"), "OrganizationalUnitIds": [], "Regions": []},
            "token": token, "instances": {}, "operations": []}
    return _answer("CreateStackSet", {"StackSetId": there["set"]["StackSetId"]})


def _operate(params, found, action, places, effect):
    wanted = _p(params, "OperationId")
    if not any(each["OperationId"] == wanted for each in found["operations"]):
        if any(each["Status"] == "RUNNING" for each in found["operations"]):
            return _error("OperationInProgressException", "Another Operation on StackSet is in progress", 409)
        order = _members(params, "OperationPreferences.RegionOrder")
        places = sorted(places, key=lambda place: order.index(place[1]) if place[1] in order else len(order))
        found["operations"].insert(0, {"OperationId": wanted, "Action": action, "Status": "RUNNING", "looks": 0,
                                       "places": places, "effect": effect, "results": []})
    name = {"CREATE": "CreateStackInstances", "DELETE": "DeleteStackInstances", "UPDATE": "UpdateStackSet"}[action]
    return _answer(name, {"OperationId": wanted})


def _advance(operation):
    operation["looks"] += 1
    if operation["Status"] != "RUNNING" or operation["looks"] < _LOOKS:
        return
    for account, region in operation["places"]:
        closed = region == _CLOSED and operation["Action"] != "DELETE"
        reason = {"StatusReason": f"Account {account} is not opted in to {region}"} if closed else {}
        operation["results"].append({"Account": account, "Region": region, "Status": "FAILED" if closed else "SUCCEEDED", **reason})
        operation["effect"](account, region, reason)
    operation["Status"] = "FAILED" if any(each["Status"] == "FAILED" for each in operation["results"]) else "SUCCEEDED"


def _places(params):
    return [(account, region) for region in _members(params, "Regions") for account in _members(params, "Accounts")]


def _current(found):
    def effect(account, region, reason):
        found["instances"][account, region] = {
            "Account": account, "Region": region, "Status": "OUTDATED" if reason else "CURRENT", **reason}
    return effect


@_found
def _create_instances(params, found):
    found["set"]["Regions"] = sorted({*found["set"]["Regions"], *_members(params, "Regions")})
    return _operate(params, found, "CREATE", _places(params), _current(found))


@_found
def _delete_instances(params, found):
    return _operate(params, found, "DELETE", _places(params),
                    lambda account, region, _: found["instances"].pop((account, region), None))


@_found
def _update(params, found):
    answer = _operate(params, found, "UPDATE", list(found["instances"]), _current(found))
    found["set"].update(_body(params))
    return answer


@_found
def _delete(params, found):
    if found["instances"]:
        return _error("StackSetNotEmptyException", "StackSet is not empty", 409)
    del _sets[_p(params, "StackSetName")]
    return _answer("DeleteStackSet", {})


@_found
def _operation(params, found):
    operation = next((each for each in found["operations"] if each["OperationId"] == _p(params, "OperationId")), None)
    if operation is None:
        return _error("OperationNotFoundException", "Operation not found", 404)
    _advance(operation)
    return _answer("DescribeStackSetOperation", {"StackSetOperation": _shown(operation)})


def _shown(operation):
    return {key: operation[key] for key in ("OperationId", "Action", "Status")}


@_found
def _results(params, found):
    operation = next((each for each in found["operations"] if each["OperationId"] == _p(params, "OperationId")), {"results": []})
    return _answer("ListStackSetOperationResults", {"Summaries": operation["results"]})


_ACTION_HANDLERS.update({
    "CreateStackSet": _create, "UpdateStackSet": _update, "DeleteStackSet": _delete,
    "CreateStackInstances": _create_instances, "DeleteStackInstances": _delete_instances,
    "DescribeStackSet": _found(lambda _, found: _answer("DescribeStackSet", {"StackSet": found["set"]})),
    "ListStackInstances": _found(lambda _, found: _answer("ListStackInstances", {"Summaries": list(found["instances"].values())})),
    "ListStackSetOperations": _found(lambda _, found: _answer(
        "ListStackSetOperations", {"Summaries": [_shown(each) for each in found["operations"]]})),
    "DescribeStackSetOperation": _operation, "ListStackSetOperationResults": _results,
})
