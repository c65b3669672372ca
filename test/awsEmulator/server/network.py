"""Addresses, NAT, routes and the rules of security groups, with the refusals that catch a template's mistakes."""
import re

from ministack.services import ec2

from ec2api import call, retag
from registry import original, resource


def gateway_of(vpc):
    """The internet gateway that is attached to a VPC, if any."""
    return next((gateway["InternetGatewayId"] for gateway in ec2._internet_gateways.values()
                 if any(attached.get("VpcId") == vpc for attached in gateway.get("Attachments") or [])), None)


@resource("AWS::EC2::EIP", tags="Tags")
class Address:
    @staticmethod
    def create(logical_id, props, stack):
        answer = call("AllocateAddress", Domain=props.get("Domain") or "vpc")
        allocation, address = answer.findtext("allocationId"), answer.findtext("publicIp")
        retag(allocation, None, props)
        return address, {"AllocationId": allocation, "PublicIp": address}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        allocation = Address.allocation(physical_id)
        retag(allocation, old, new)
        return physical_id, {"AllocationId": allocation, "PublicIp": physical_id}

    @staticmethod
    def delete(physical_id, props):
        call("ReleaseAddress", AllocationId=Address.allocation(physical_id))

    @staticmethod
    def allocation(address):
        return next((a["AllocationId"] for a in ec2._addresses.values() if a["PublicIp"] == address), None)


@resource("AWS::EC2::NatGateway", tags="Tags")
class NatGateway:
    @staticmethod
    def create(logical_id, props, stack):
        vpc = ec2._subnets.get(props["SubnetId"], {}).get("VpcId")
        public = props.get("ConnectivityType", "public") == "public"
        if public and not gateway_of(vpc):
            # The template lacks a DependsOn on the gateway's attachment.
            raise ValueError(f"Network {vpc} has no Internet gateway attached")
        if public and props.get("AllocationId") not in ec2._addresses:
            raise ValueError(f"The allocation ID '{props.get('AllocationId')}' does not exist")
        gateway = call("CreateNatGateway", **{name: props.get(name) for name in (
            "SubnetId", "AllocationId", "ConnectivityType")}).findtext(".//natGatewayId")
        retag(gateway, None, props)
        return gateway, {"NatGatewayId": gateway}

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        retag(physical_id, old, new)
        return physical_id, {"NatGatewayId": physical_id}

    @staticmethod
    def delete(physical_id, props):
        call("DeleteNatGateway", NatGatewayId=physical_id)

    @staticmethod
    def describe(parameters):
        """ministack's answer, with the addresses that it leaves empty."""
        status, headers, body = NatGateway.described(parameters)

        def addresses(match):
            allocation = ec2._nat_gateways[match[1]].get("AllocationId")
            address = ec2._addresses.get(allocation, {}).get("PublicIp", "")
            item = f"<item><allocationId>{allocation}</allocationId><publicIp>{address}</publicIp></item>" if allocation else ""
            return f"{match[0].removesuffix('<natGatewayAddressSet/>')}<natGatewayAddressSet>{item}</natGatewayAddressSet>"

        text = body.decode() if isinstance(body, bytes) else body
        pattern = r"<natGatewayId>([^<]+)</natGatewayId>(?:(?!</?item>).)*?<natGatewayAddressSet/>"
        return status, headers, re.sub(pattern, addresses, text, flags=re.S).encode()


NatGateway.described = staticmethod(ec2._ACTION_MAP["DescribeNatGateways"])
ec2._ACTION_MAP["DescribeNatGateways"] = NatGateway.describe


class Route:
    base = original("AWS::EC2::Route")

    @staticmethod
    def create(logical_id, props, stack):
        table = ec2._route_tables.get(props["RouteTableId"], {})
        gateway = props.get("GatewayId") or ""
        if gateway.startswith("igw-") and gateway != gateway_of(table.get("VpcId")):
            raise ValueError(f"route table {props['RouteTableId']} and network gateway {gateway} belong to different networks")
        return Route.base["create"](logical_id, props, stack)

    update = staticmethod(base["update"])
    delete = staticmethod(base["delete"])


resource("AWS::EC2::Route")(Route)


def _permission(props):
    described = {"Description": props["Description"]} if props.get("Description") else {}
    permission = {name: props.get(name) for name in ("IpProtocol", "FromPort", "ToPort")}
    group = props.get("SourceSecurityGroupId") or props.get("DestinationSecurityGroupId")
    prefixes = props.get("SourcePrefixListId") or props.get("DestinationPrefixListId")
    if props.get("CidrIp"):
        permission["IpRanges"] = [{"CidrIp": props["CidrIp"], **described}]
    if props.get("CidrIpv6"):
        permission["Ipv6Ranges"] = [{"CidrIpv6": props["CidrIpv6"], **described}]
    if prefixes:
        permission["PrefixListIds"] = [{"PrefixListId": prefixes, **described}]
    if group:
        permission["Groups"] = [{"GroupId": group, **described}]
    return [permission]


def _rule(direction):
    class Rule:
        @staticmethod
        def create(logical_id, props, stack):
            group = ec2._security_groups.get(props["GroupId"]) or {}
            before = len(group.get(Rule.held, []))
            answer = call(f"AuthorizeSecurityGroup{direction}", GroupId=props["GroupId"], IpPermissions=_permission(props))
            if len(group[Rule.held]) == before:
                # ministack takes the same rule twice without a word; EC2 does not.
                peer = props.get("CidrIp") or props.get("CidrIpv6") or props.get("SourceSecurityGroupId") or props.get("DestinationSecurityGroupId")
                raise ValueError(f'the specified rule "peer: {peer}, {str(props["IpProtocol"]).upper()}, from port: {props.get("FromPort")}, '
                                 f'to port: {props.get("ToPort")}, ALLOW" already exists')
            rule = answer.findtext(".//securityGroupRuleId")
            return rule, {"Id": rule}

        @staticmethod
        def update(physical_id, old, new, stack, logical_id):
            # Only the description can change in place.
            Rule.delete(physical_id, old)
            return Rule.create(logical_id, new, stack)

        @staticmethod
        def delete(physical_id, props):
            call(f"RevokeSecurityGroup{direction}", GroupId=props["GroupId"], IpPermissions=_permission(props))

    Rule.held = "IpPermissions" if direction == "Ingress" else "IpPermissionsEgress"
    return Rule


resource("AWS::EC2::SecurityGroupIngress")(_rule("Ingress"))
resource("AWS::EC2::SecurityGroupEgress")(_rule("Egress"))
