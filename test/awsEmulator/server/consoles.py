"""GetConsoleOutput, which ministack lacks: a machine's console is that of the one that was booted, or what its tag `console` says."""
import base64
from xml.sax.saxutils import escape

from ministack.services import ec2

import booted


def _output(parameters):
    id = ec2._p(parameters, "InstanceId")
    if id not in ec2._instances:
        return ec2._error("InvalidInstanceID.NotFound", f"The instance ID '{id}' does not exist", 400)
    text = booted.console(id) or next((tag["Value"] for tag in ec2._tags.get(id) or [] if tag["Key"] == "console"), "")
    output = base64.b64encode(text.encode()).decode()
    return ec2._xml(200, "GetConsoleOutputResponse", f"<instanceId>{escape(id)}</instanceId><output>{output}</output>")


ec2._ACTION_MAP["GetConsoleOutput"] = _output
