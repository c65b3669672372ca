"""The machines of Auto Scaling groups, as far as who waits for them can see: in service, or not; healthy in their target groups, or not.

Mode "healthy": each group has as many as it wants, and they serve. "sick": they are in service, and fail the health checks of their
target groups. "none": no machine more is started, and the group's activities say why. What is not in a target group that a listener
asks for is `unused` there, as ELB has it."""
from datetime import datetime, timezone

from ministack.core.responses import new_uuid
from ministack.services import alb, autoscaling, ec2

import booted
from shapes import members

MODES = ("healthy", "sick", "none")
_mode = MODES[0]
_refused = ("Could not launch On-Demand Instances. InsufficientInstanceCapacity - We currently do not have sufficient capacity "
            "in the Availability Zone you requested. Launching EC2 instance failed.")


def mode():
    return _mode


def set_mode(mode=None):
    """Sets the mode; none is the first."""
    global _mode
    if (mode or MODES[0]) not in MODES:
        raise ValueError(f"no such mode: {mode}")
    _mode = mode or MODES[0]


def of(group):
    """The machines of a group: those that a test runs itself, by the tag that Auto Scaling gives its own, and as many imagined ones
    as the group wants beside them, where there are machines to be had."""
    run, imagined = _run_by_tests(group), group["Instances"]
    wanted = max(0, int(group["DesiredCapacity"]) - len(run))
    del imagined[wanted:]
    zones = group.get("AvailabilityZones") or ["eu-west-1a"]
    while len(imagined) < wanted and _mode != "none":
        imagined.append({
            "InstanceId": f"i-{new_uuid().replace('-', '')[:17]}", "LifecycleState": "InService", "HealthStatus": "Healthy",
            "AvailabilityZone": zones[len(imagined) % len(zones)], "ProtectedFromScaleIn": False,
            "LaunchTemplate": group.get("LaunchTemplate") or {}})
    return run + imagined


def _run_by_tests(group):
    states = {"pending": "Pending", "running": "InService", "shutting-down": "Terminating"}
    mark = {"Key": "aws:autoscaling:groupName", "Value": group["AutoScalingGroupName"]}
    return [{"InstanceId": id, "LifecycleState": booted.lifecycle(id) or states[machine["State"]["Name"]], "HealthStatus": "Healthy",
             "ProtectedFromScaleIn": False, "AvailabilityZone": machine["Placement"]["AvailabilityZone"], "LaunchTemplate": group.get("LaunchTemplate")}
            for id, machine in ec2._instances.items() if machine["State"]["Name"] in states and mark in (ec2._tags.get(id) or [])]


def roll(group):
    """A rolling update leaves none of the old machines."""
    group["Instances"] = []


def _target_health(parameters):
    arn = alb._p(parameters, "TargetGroupArn")
    if arn not in alb._tgs:
        return alb._error("TargetGroupNotFound", f"Target group '{arn}' not found.")
    port = alb._tgs[arn].get("Port", 80)
    behind = [of(group) for group in autoscaling._asgs.values() if arn in (group.get("TargetGroupARNs") or [])]
    if not alb._tgs[arn]["LoadBalancerArns"]:
        state = {"State": "unused", "Reason": "Target.NotInUse", "Description": "Target group is not configured to receive traffic from the load balancer"}
    elif _mode == "sick":
        state = {"State": "unhealthy", "Reason": "Target.FailedHealthChecks", "Description": "Health checks failed"}
    else:
        state = {"State": "healthy"}
    found = [{"Target": {"Id": machine["InstanceId"], "Port": port}, "HealthCheckPort": str(port), "TargetHealth": booted.health(machine["InstanceId"]) or state}
             for machines in behind for machine in machines]
    return alb._xml(200, "DescribeTargetHealth", members("elbv2", "DescribeTargetHealthOutput", {"TargetHealthDescriptions": found}))


def _activities(parameters):
    name = autoscaling._p(parameters, "AutoScalingGroupName")
    group = autoscaling._asgs.get(name)
    lacks = group is not None and len(of(group)) < int(group["DesiredCapacity"])
    now = datetime.now(timezone.utc).isoformat()
    found = [{"ActivityId": new_uuid(), "AutoScalingGroupName": name, "Description": "Launching a new EC2 instance.",
              "Cause": "an instance was launched to increase the capacity", "StartTime": now, "EndTime": now,
              "StatusCode": "Failed", "StatusMessage": _refused, "Progress": 100}] if lacks else []
    inner = members("autoscaling", "ActivitiesType", {"Activities": found})
    return autoscaling._xml(200, "DescribeScalingActivitiesResponse",
                            f"<DescribeScalingActivitiesResult>{inner}</DescribeScalingActivitiesResult>")


def _instances(parameters):
    wanted = autoscaling._parse_member_list(parameters, "InstanceIds")
    found = "".join(autoscaling._instance_member_xml(machine, include_group_name=name) for name, group in autoscaling._asgs.items()
                    for machine in of(group) if not wanted or machine["InstanceId"] in wanted)
    return autoscaling._xml(200, "DescribeAutoScalingInstancesResponse",
                            f"<DescribeAutoScalingInstancesResult><AutoScalingInstances>{found}</AutoScalingInstances></DescribeAutoScalingInstancesResult>")


alb._ACTION_MAP["DescribeTargetHealth"] = _target_health
autoscaling._ACTION_MAP["DescribeAutoScalingInstances"] = _instances
autoscaling._ACTION_MAP["DescribeScalingActivities"] = _activities
