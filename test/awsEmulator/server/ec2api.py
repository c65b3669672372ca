"""ministack's EC2 actions called in this process, for the resource types whose work they already do."""
import re
from xml.etree import ElementTree

from ministack.services import ec2


def call(action, **arguments):
    """Runs an action of EC2 and gives its answer as XML; what EC2 refuses fails the resource with EC2's words."""
    parameters = {"Action": [action]}
    for name, value in arguments.items():
        _flatten(parameters, name, value)
    status, _, body = ec2._ACTION_MAP[action](parameters)[:3]
    text = body.decode() if isinstance(body, bytes) else body
    answer = ElementTree.fromstring(re.sub(r' xmlns="[^"]*"', "", text, count=1))
    if status >= 300:
        code, message = answer.findtext(".//Code"), answer.findtext(".//Message")
        raise ValueError(f"{message} (Service: Ec2, Status Code: {status}, Error Code: {code})")
    return answer


def _flatten(parameters, name, value):
    if isinstance(value, list):
        for index, each in enumerate(value, 1):
            _flatten(parameters, f"{name}.{index}", each)
    elif isinstance(value, dict):
        for key, each in value.items():
            _flatten(parameters, f"{name}.{key}", each)
    elif value is not None:
        parameters[name] = [str(value).lower() if isinstance(value, bool) else str(value)]


def retag(resource_id, old, new):
    """Makes the template's tags those of a resource; tags from elsewhere stay."""
    from ministack.services.cloudformation.provisioners import _ec2_apply_tags
    _ec2_apply_tags(resource_id, new, old)


def truth(value):
    """A template's boolean, which may be a string."""
    return str(value).lower() == "true"
