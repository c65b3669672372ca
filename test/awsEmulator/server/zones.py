"""Hosted zones that are private, and the records that a zone refuses."""
from ministack.services import route53

from registry import original, resource


class HostedZone:
    base = original("AWS::Route53::HostedZone")

    @staticmethod
    def create(logical_id, props, stack):
        zone, attributes = HostedZone.base["create"](logical_id, props, stack)
        HostedZone.keep(zone, props)
        return zone, HostedZone.attributes(attributes, props)

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        if bool(old.get("VPCs")) != bool(new.get("VPCs")):
            raise ValueError("A hosted zone cannot be made private or public after it was created")
        zone, attributes = HostedZone.base["update"](physical_id, old, new, stack, logical_id)
        HostedZone.keep(zone, new)
        return zone, HostedZone.attributes(attributes, new)

    @staticmethod
    def delete(physical_id, props):
        if [record for record in route53._records.get(physical_id, []) if record["Type"] not in ("NS", "SOA")]:
            raise ValueError("The specified hosted zone contains non-required resource record sets and so cannot be deleted.")
        HostedZone.base["delete"](physical_id, props)

    @staticmethod
    def keep(zone, props):
        vpcs = [{"VPCId": vpc["VPCId"], "VPCRegion": vpc["VPCRegion"]} for vpc in props.get("VPCs") or []]
        route53._zones[zone].update(private=bool(vpcs), vpcs=vpcs)

    @staticmethod
    def attributes(attributes, props):
        # A private zone has no name servers to delegate to.
        return {"Id": attributes["Id"]} if props.get("VPCs") else attributes


resource("AWS::Route53::HostedZone")(HostedZone)


class RecordSet:
    base = original("AWS::Route53::RecordSet")

    @staticmethod
    def create(logical_id, props, stack):
        RecordSet.check(props)
        return RecordSet.base["create"](logical_id, props, stack)

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        RecordSet.check(new)
        return RecordSet.base["update"](physical_id, old, new, stack)

    delete = staticmethod(base["delete"])

    @staticmethod
    def check(props):
        zone = route53._zones.get(str(props.get("HostedZoneId") or "").removeprefix("/hostedzone/"))
        name = str(props.get("Name") or "").rstrip(".") + "."
        if zone and name != zone["name"] and not name.endswith(f".{zone['name']}"):
            raise ValueError(f"RRSet with DNS name {name} is not permitted in zone {zone['name']}")


resource("AWS::Route53::RecordSet")(RecordSet)
