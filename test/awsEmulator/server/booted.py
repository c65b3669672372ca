"""Machines that a test really boots: put into a group as Auto Scaling would have launched them. Target groups ask their readiness endpoint,
as load balancers do, and EC2 gives their consoles; what their agents tell the group is kept.

PUT /_peer/booted with {"stack", "resource", "instance", "ready": URL, "console": file} adds one, with {"instance", "lifecycle"} sets the state
that it has in its group; the answer, as that of GET, is what each told its group: actions by instance. A lifecycle hook takes a heartbeat or its
completion only in Terminating:Wait, as Auto Scaling's does."""
import json
import urllib.error
import urllib.request
from pathlib import Path

from ministack.services import autoscaling, ec2

_machines = {}
_HOOKED = ("CompleteLifecycleAction", "RecordLifecycleActionHeartbeat")
_TELLING = ("SetInstanceHealth", *_HOOKED)


def reset():
    _machines.clear()


def order(text):
    machine = json.loads(text) if text else {}
    if "lifecycle" in machine:
        _machines[machine["instance"]]["lifecycle"] = machine["lifecycle"]
    elif machine:
        _add(machine)
    return json.dumps({instance: machine["told"] for instance, machine in _machines.items()})


def _add(machine):
    # A group that is being created is no resource of its stack's yet; its tags say whose it is.
    group = next((record for record in autoscaling._asgs.values() if _belongs(record, machine)), None)
    if group is None:
        raise ValueError(f"{machine['stack']} has no group {machine['resource']}")
    subnet = str(group.get("VPCZoneIdentifier") or "").split(",")[0]
    made, = ec2._launch_instances_internal("ami-00000000", "t3.small", subnet, 1)
    instance = machine["instance"]
    ec2._instances[instance] = {**ec2._instances.pop(made["InstanceId"]), "InstanceId": instance}
    ec2._tags[instance] = [{"Key": "aws:autoscaling:groupName", "Value": group["AutoScalingGroupName"]}]
    _machines[instance] = {**machine, "group": group["AutoScalingGroupName"], "told": [], "lifecycle": "InService"}


def _belongs(record, machine):
    tags = {tag["Key"]: tag["Value"] for tag in record["Tags"]}
    return (tags.get("aws:cloudformation:stack-name"), tags.get("aws:cloudformation:logical-id")) == (machine["stack"], machine["resource"])


def end(group):
    """The machines of a group that goes let go of their disks."""
    mine = {instance for instance, machine in _machines.items() if machine["group"] == group}
    for volume in ec2._volumes.values():
        if any(each["InstanceId"] in mine for each in volume.get("Attachments") or []):
            volume.update(Attachments=[], State="available")


def health(instance):
    """What a load balancer's check of the readiness endpoint comes to; None for a machine that no test has booted."""
    machine = _machines.get(instance)
    try:
        if machine is None:
            return None
        urllib.request.urlopen(machine["ready"], timeout=2).close()
        return {"State": "healthy"}
    except urllib.error.HTTPError as error:
        return {"State": "unhealthy", "Reason": "Target.ResponseCodeMismatch", "Description": f"Health checks failed with these codes: [{error.code}]"}
    except OSError:
        return {"State": "unhealthy", "Reason": "Target.Timeout", "Description": "Request timed out"}


def console(instance):
    """The last 64 KB, as EC2 keeps them; None for a machine that no test has booted."""
    machine = _machines.get(instance)
    return machine and Path(machine["console"]).read_text(errors="replace")[-65536:]


def lifecycle(instance):
    """Its state in its group; None for a machine that no test has booted."""
    return instance in _machines and _machines[instance]["lifecycle"] or None


def _keeping(action):
    def keep(parameters):
        instance = autoscaling._p(parameters, "InstanceId")
        machine = _machines.get(instance)
        if machine and action in _HOOKED and machine["lifecycle"] != "Terminating:Wait":
            return autoscaling._error("ValidationError", f"No active Lifecycle Action found with instance ID {instance}")
        if machine:
            machine["told"].append(action)
            if action == "CompleteLifecycleAction":
                machine["lifecycle"] = "Terminating:Proceed"
        return autoscaling._xml(200, f"{action}Response", f"<{action}Result/>")
    return keep


autoscaling._ACTION_MAP.update({action: _keeping(action) for action in _TELLING})
