"""Volumes, network interfaces and instances, which ministack's CloudFormation does not make."""
import ipaddress

from ministack.services import ec2

import signals
from ec2api import call, retag, truth
from launch import template_data
from registry import resource
from shapes import members


@resource("AWS::EC2::Volume", tags="Tags")
class Volume:
    changeable = {"Size", "VolumeType", "Iops", "Throughput", "AutoEnableIO", "MultiAttachEnabled", "Tags"}

    @staticmethod
    def create(logical_id, props, stack):
        answer = call("CreateVolume", **{name: props.get(name) for name in (
            "AvailabilityZone", "Size", "VolumeType", "Encrypted", "SnapshotId", "Iops")})
        volume = answer.findtext("volumeId")
        _keep(ec2._volumes[volume], props, "Throughput", "KmsKeyId", "MultiAttachEnabled")
        retag(volume, None, props)
        return volume, {"VolumeId": volume}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        changed = {name for name in old.keys() | new.keys() if old.get(name) != new.get(name)}
        if changed - Volume.changeable:
            raise ValueError("Volume properties other than AutoEnableIO, type, size, and IOPS cannot be updated. "
                             "Change the properties back to previous values and update the stack again.")
        record = ec2._volumes[physical_id]
        if int(new.get("Size") or record["Size"]) < record["Size"]:
            raise ValueError("New size cannot be smaller than existing size")
        _keep(record, new, "Size", "VolumeType", "Iops", "Throughput")
        retag(physical_id, old, new)
        return physical_id, {"VolumeId": physical_id}

    @staticmethod
    def delete(physical_id, props):
        call("DeleteVolume", VolumeId=physical_id)

    @staticmethod
    def snapshot(physical_id, props):
        # ministack keeps nothing of a volume whose DeletionPolicy is Snapshot.
        call("CreateSnapshot", VolumeId=physical_id)


@resource("AWS::EC2::NetworkInterface", tags="Tags")
class NetworkInterface:
    @staticmethod
    def create(logical_id, props, stack):
        subnet = ec2._subnets.get(props["SubnetId"])
        if subnet is None:
            raise ValueError(f"The subnet ID '{props['SubnetId']}' does not exist")
        interface = call("CreateNetworkInterface", SubnetId=props["SubnetId"], Description=props.get("Description"),
                         SecurityGroupId=props.get("GroupSet")).findtext(".//networkInterfaceId")
        record = ec2._network_interfaces[interface]
        record["PrivateIpAddress"] = props.get("PrivateIpAddress") or _free_address(subnet)
        record["SourceDestCheck"] = truth(props.get("SourceDestCheck", True))
        retag(interface, None, props)
        return interface, NetworkInterface.attributes(record)

    @staticmethod
    def attributes(record):
        return {"Id": record["NetworkInterfaceId"], "PrimaryPrivateIpAddress": record["PrivateIpAddress"],
                "VpcId": record["VpcId"], "SecondaryPrivateIpAddresses": []}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        record = ec2._network_interfaces[physical_id]
        record["Description"] = new.get("Description", "")
        record["SourceDestCheck"] = truth(new.get("SourceDestCheck", True))
        record["Groups"] = [{"GroupId": group, "GroupName": ec2._security_groups.get(group, {}).get("GroupName", group)}
                            for group in new.get("GroupSet") or [ec2._DEFAULT_SG_ID]]
        retag(physical_id, old, new)
        return physical_id, NetworkInterface.attributes(record)

    @staticmethod
    def delete(physical_id, props):
        call("DeleteNetworkInterface", NetworkInterfaceId=physical_id)


@resource("AWS::EC2::Instance", tags="Tags")
class Instance:
    @staticmethod
    def create(logical_id, props, stack):
        props = {**template_data(props.get("LaunchTemplate")), **props}
        interface = next(iter(props.get("NetworkInterfaces") or []), {})
        groups = props.get("SecurityGroupIds") or interface.get("GroupSet") or interface.get("Groups")
        profile = props.get("IamInstanceProfile")
        instance = call(
            "RunInstances", ImageId=props.get("ImageId"), InstanceType=props.get("InstanceType"), MinCount=1, MaxCount=1,
            SubnetId=props.get("SubnetId") or interface.get("SubnetId"), SecurityGroupId=groups, KeyName=props.get("KeyName"),
            UserData=props.get("UserData"), PrivateIpAddress=props.get("PrivateIpAddress"),
            IamInstanceProfile=profile if isinstance(profile, dict) or not profile else {"Name": profile},
        ).findtext(".//instanceId")
        retag(instance, None, props)
        try:
            signals.await_creation(stack, logical_id, instance)
        except Exception:
            # ministack forgets what failed to be created, so that a rollback would leave it behind.
            Instance.delete(instance, props)
            raise
        record = ec2._instances[instance]
        record["UserData"] = props.get("UserData") or ""
        return instance, {"InstanceId": instance, "VpcId": record["VpcId"], "PrivateIp": record["PrivateIpAddress"],
                          "PublicIp": record["PublicIpAddress"], "PrivateDnsName": record["PrivateDnsName"]}

    @staticmethod
    def delete(physical_id, props):
        call("TerminateInstances", InstanceId=[physical_id])


    @staticmethod
    def describe(parameters):
        """ministack's answer, with the user data that it leaves empty."""
        status, headers, body = Instance.described(parameters)
        text = body.decode() if isinstance(body, bytes) else body
        data = ec2._instances.get(ec2._p(parameters, "InstanceId"), {}).get("UserData", "")
        return status, headers, text.replace("<userData/>", f"<userData><value>{data}</value></userData>").encode()


Instance.described = staticmethod(ec2._ACTION_MAP["DescribeInstanceAttribute"])
ec2._ACTION_MAP["DescribeInstanceAttribute"] = Instance.describe


def _free_address(subnet):
    taken = {interface["PrivateIpAddress"] for interface in ec2._network_interfaces.values()}
    hosts = ipaddress.ip_network(subnet["CidrBlock"]).hosts()
    # AWS keeps the first addresses of a subnet to itself.
    return next(str(host) for index, host in enumerate(hosts) if index >= 3 and str(host) not in taken)


def _keep(record, props, *names):
    for name in names:
        if props.get(name) is not None:
            value = props[name]
            record[name] = value if not str(value).isdigit() else int(value)


def _with_tags(record, key):
    return {**record, "Tags": ec2._tags.get(record[key]) or []}


ec2._volume_inner_xml = lambda volume: members("ec2", "Volume", _with_tags(volume, "VolumeId"))
