"""Tags of key pairs, which EC2 gives with them and ministack keeps to itself."""
import re
from xml.sax.saxutils import escape

from ministack.services import ec2

_describe = ec2._ACTION_MAP["DescribeKeyPairs"]


def _with_tags(parameters):
    status, headers, body = _describe(parameters)
    text = body.decode() if isinstance(body, bytes) else body

    def tagged(found):
        items = "".join(f"<item><key>{escape(tag['Key'])}</key><value>{escape(tag['Value'])}</value></item>"
                        for tag in ec2._tags.get(found[1]) or [])
        return f"{found[0]}<tagSet>{items}</tagSet>"

    answer = re.sub(r"<keyPairId>(.*?)</keyPairId>", tagged, text)
    return status, headers, answer.encode() if isinstance(body, bytes) else answer


ec2._ACTION_MAP["DescribeKeyPairs"] = _with_tags
