"""Launch templates: ministack makes the versions; EC2's own checks and the whole of the data's read-back are added."""
import base64
import binascii

from ministack.services import ec2

from registry import original, resource
from shapes import members


class LaunchTemplate:
    base = original("AWS::EC2::LaunchTemplate")

    @staticmethod
    def create(logical_id, props, stack):
        _check_user_data(props)
        return LaunchTemplate.base["create"](logical_id, props, stack)

    @staticmethod
    def update(physical_id, old, new, stack, logical_id):
        _check_user_data(new)
        return LaunchTemplate.base["update"](physical_id, old, new, stack, logical_id)

    delete = staticmethod(base["delete"])


resource("AWS::EC2::LaunchTemplate")(LaunchTemplate)


def _check_user_data(props):
    try:
        data = base64.b64decode(props.get("LaunchTemplateData", {}).get("UserData", ""), validate=True)
    except binascii.Error:
        raise ValueError("Invalid BASE64 encoding of user data.") from None
    if len(data) > 16384:
        raise ValueError("User data is limited to 16384 bytes")


def template_data(spec):
    """The data of the version that an instance names."""
    template = ec2._launch_templates.get((spec or {}).get("LaunchTemplateId"), {"Versions": []})
    wanted = str((spec or {}).get("Version"))
    return next((v["LaunchTemplateData"] for v in template["Versions"] if str(v["VersionNumber"]) == wanted), {})


ec2._lt_data_xml = lambda data: members("ec2", "ResponseLaunchTemplateData", data)
