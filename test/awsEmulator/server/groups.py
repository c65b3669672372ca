"""Auto Scaling groups with all that a template says of them, EC2's own checks, and the wait for machines' signals."""
import contextvars
import copy
import threading

from ministack.services import alb, autoscaling, ec2

import booted
import machines
import signals
from registry import original, resource
from shapes import members

_KEPT = ("CapacityRebalance", "Context", "DefaultInstanceWarmup", "DesiredCapacityType", "InstanceMaintenancePolicy",
         "AvailabilityZoneDistribution", "AvailabilityZoneImpairmentPolicy", "LoadBalancerNames", "MaxInstanceLifetime",
         "MixedInstancesPolicy", "PlacementGroup", "ServiceLinkedRoleARN", "TargetGroupARNs", "TrafficSources")
# Seconds.
_LINGERS = 20
# A change of these gives a rolling update new machines.
_MACHINE = ("LaunchTemplate", "MixedInstancesPolicy", "VPCZoneIdentifier", "AvailabilityZones")


class AutoScalingGroup:
    base = original("AWS::AutoScaling::AutoScalingGroup")

    @staticmethod
    def create(logical_id, props, stack):
        _check(props)
        name, attributes = AutoScalingGroup.base["create"](logical_id, props, stack)
        _keep(name, props)
        try:
            signals.await_creation(stack, logical_id, name)
        except Exception:
            # ministack forgets what failed to be created, so that a rollback would leave it behind. A group takes its time to go, as its machines do.
            booted.end(name)
            leave = contextvars.copy_context().run
            timer = threading.Timer(_LINGERS, lambda: name in autoscaling._asgs and leave(AutoScalingGroup.base["delete"], name, props))
            timer.daemon = True
            timer.start()
            raise
        return name, attributes

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        record = autoscaling._asgs[physical_id]
        before = copy.deepcopy(record)
        if "DesiredCapacity" not in new:
            # Left to the group, within its new bounds.
            desired = min(max(record["DesiredCapacity"], int(new["MinSize"])), int(new["MaxSize"]))
            new = {**new, "DesiredCapacity": desired}
        _check(new)
        name, attributes = AutoScalingGroup.base["update"](physical_id, old, new, stack, logical_id)
        _keep(name, new, old)
        try:
            if any(old.get(property) != new.get(property) for property in _MACHINE):
                signals.await_update(stack, logical_id, name, int(new["DesiredCapacity"]))
                machines.roll(record)
        except Exception:
            # The engine takes a failed update for one that changed nothing.
            record.clear()
            record.update(before)
            _keep_hooks(name, old, new)
            raise
        return name, attributes

    @staticmethod
    def delete(physical_id, props):
        for key, action in list(autoscaling._scheduled_actions.items()):
            if action["AutoScalingGroupName"] == physical_id:
                autoscaling._scheduled_actions.pop(key)
        booted.end(physical_id)
        AutoScalingGroup.base["delete"](physical_id, props)


def _check(props):
    least, most = int(props["MinSize"]), int(props["MaxSize"])
    desired = int(props.get("DesiredCapacity", least))
    if least > most:
        raise ValueError(f"Max bound, {most}, must be greater than or equal to min bound, {least}")
    if not least <= desired <= most:
        raise ValueError(f"Desired capacity:{desired} must be between the specified min size:{least} and max size:{most}")
    mixed = (props.get("MixedInstancesPolicy") or {}).get("LaunchTemplate") or {}
    spec = props.get("LaunchTemplate") or mixed.get("LaunchTemplateSpecification") or {}
    template = ec2._launch_templates.get(spec.get("LaunchTemplateId"))
    if spec.get("LaunchTemplateId") and template is None:
        raise ValueError("You must use a valid fully-formed launch template. The specified launch template, with template ID "
                         f"{spec['LaunchTemplateId']}, does not exist.")
    if template and str(spec.get("Version")).isdigit() and int(spec["Version"]) > template["LatestVersionNumber"]:
        raise ValueError(f"You must use a valid fully-formed launch template. Could not find launch template version {spec['Version']}")
    for arn in props.get("TargetGroupARNs") or []:
        if arn not in alb._tgs:
            raise ValueError(f"Provided Target Groups may not be valid. Please ensure they exist and try again: {arn}")
    for subnet in _listed(props.get("VPCZoneIdentifier")):
        if subnet not in ec2._subnets:
            raise ValueError(f"The subnet ID '{subnet}' does not exist")


def _keep(name, props, old=None):
    record = autoscaling._asgs[name]
    for member in _KEPT:
        record.pop(member, None)
        if props.get(member) is not None:
            record[member] = props[member]
    record["HealthCheckGracePeriod"] = int(props.get("HealthCheckGracePeriod", 0))
    record["EnabledMetrics"] = [{"Metric": metric, "Granularity": collection["Granularity"]}
                                for collection in props.get("MetricsCollection") or [] for metric in collection.get("Metrics") or []]
    for tag in record["Tags"]:
        # What CloudFormation adds goes to the machines, too.
        tag["PropagateAtLaunch"] = tag["PropagateAtLaunch"] or tag["Key"].startswith("aws:")
    subnets = _listed(props.get("VPCZoneIdentifier"))
    if subnets:
        record["AvailabilityZones"] = sorted({ec2._subnets[subnet]["AvailabilityZone"] for subnet in subnets})
    _keep_hooks(name, props, old)


def _keep_hooks(name, props, old=None):
    """The hooks that the group itself lists, which ministack ignores."""
    for hook in (old or {}).get("LifecycleHookSpecificationList") or []:
        autoscaling._hooks.pop(f"{name}/{hook['LifecycleHookName']}", None)
    for hook in props.get("LifecycleHookSpecificationList") or []:
        key = f"{name}/{hook['LifecycleHookName']}"
        autoscaling._hooks[key] = autoscaling._hook_record(name, hook["LifecycleHookName"], hook)


def _listed(value):
    return [each.strip() for each in value.split(",")] if isinstance(value, str) and value else value or []


def _describe(parameters):
    """Every member of the groups; ministack leaves out target groups, mixed instances and more."""
    names = autoscaling._parse_member_list(parameters, "AutoScalingGroupNames")
    groups = [{key: value for key, value in {**group, "TerminationPolicies": _listed(group["TerminationPolicies"]),
                                             "Instances": machines.of(group)}.items() if value != ""}
              for name, group in autoscaling._asgs.items() if not names or name in names]
    inner = members("autoscaling", "AutoScalingGroupsType", {"AutoScalingGroups": groups})
    return autoscaling._xml(200, "DescribeAutoScalingGroupsResponse",
                            f"<DescribeAutoScalingGroupsResult>{inner}</DescribeAutoScalingGroupsResult>")


resource("AWS::AutoScaling::AutoScalingGroup", tags="Tags")(AutoScalingGroup)
autoscaling._ACTION_MAP["DescribeAutoScalingGroups"] = _describe
