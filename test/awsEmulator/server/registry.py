"""How a resource type is added to ministack's CloudFormation, and how one that it has is corrected."""
import json
from importlib.util import find_spec
from pathlib import Path

from ministack.services.cloudformation import provisioners

# Found but not imported, which would take seconds.
_SCHEMAS = Path(find_spec("cfnlint").origin).parent / "data/schemas"
# What the types' own schemas leave out: CloudFormation refuses these changes itself (see compute.Volume).
_NOT_SAID = {"AWS::EC2::Volume": ()}


def resource(name, tags=None):
    """Makes a class of static methods the handlers of a type: create(logical_id, props, stack), delete(id, props)
    and, where a change can be made in place, update(id, old, new, stack, logical_id).
    `tags` names the property that takes the stack's own tags."""
    def register(cls):
        handlers = provisioners._RESOURCE_HANDLERS[name] = {"create": cls.create, "delete": cls.delete}
        if hasattr(cls, "update"):
            handlers.update(update=cls.update, update_with_logical_id=True)
        if hasattr(cls, "snapshot"):
            handlers["snapshot"] = cls.snapshot
        if tags:
            provisioners._STACK_TAG_PROPERTY[name] = (tags, "list")
        return cls
    return register


def original(name):
    """The handlers that ministack itself has of a type, to be called by what corrects them."""
    return dict(provisioners._RESOURCE_HANDLERS[name])


def know_replacements(names):
    """Which properties replace a resource, from the schemas that CloudFormation publishes (cfn-lint bundles them):
    ministack has a table for some types only, and says "Conditional" in a change set for every property of the others."""
    files = json.loads((_SCHEMAS / "providers/eu-west-1.json").read_text())
    for name in names:
        if name in _NOT_SAID:
            provisioners._REPLACING_PROPERTIES[name] = _NOT_SAID[name]
        elif name not in provisioners._REPLACING_PROPERTIES and name in files:
            schema = json.loads((_SCHEMAS / f"resources/{files[name]}.json").read_text())
            provisioners._REPLACING_PROPERTIES[name] = _properties(schema, "createOnlyProperties")
            provisioners._CONDITIONALLY_REPLACING_PROPERTIES[name] = _properties(schema, "conditionalCreateOnlyProperties")


def _properties(schema, key):
    # A pointer to a nested property says nothing about the whole of the property that holds it.
    pointers = (pointer.removeprefix("/properties/") for pointer in schema.get(key) or ())
    return tuple(name for name in pointers if "/" not in name)


# Every type that our templates use.
TYPES = [f"AWS::{name}" for name in (
    *(f"EC2::{t}" for t in (
        "EIP", "Instance", "InternetGateway", "LaunchTemplate", "NatGateway", "NetworkInterface", "Route", "RouteTable",
        "SecurityGroup", "SecurityGroupEgress", "SecurityGroupIngress", "Subnet", "SubnetRouteTableAssociation", "VPC",
        "VPCEndpoint", "VPCGatewayAttachment", "Volume")),
    *(f"AutoScaling::{t}" for t in ("AutoScalingGroup", "LifecycleHook", "ScalingPolicy", "ScheduledAction")),
    *(f"ElasticLoadBalancingV2::{t}" for t in (
        "Listener", "ListenerCertificate", "ListenerRule", "LoadBalancer", "TargetGroup")),
    "IAM::InstanceProfile", "IAM::Role", "Logs::LogGroup", "Route53::HostedZone", "Route53::RecordSet",
    "S3::Bucket", "S3::BucketPolicy", "SSM::Parameter", "SecretsManager::Secret",
)]
