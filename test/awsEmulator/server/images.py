"""When an image was made: DescribeImages tells it (creationDate), and ministack, which knows it, does not.

https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_Image.html"""
import re

from ministack.services import ec2

_describe = ec2._ACTION_MAP["DescribeImages"]


def _dated(parameters):
    status, headers, body = _describe(parameters)
    text = body.decode() if isinstance(body, bytes) else body

    def date(found):
        image = ec2._images.get(found[1])
        return f"{found[0]}<creationDate>{image['CreationDate']}</creationDate>" if image else found[0]

    return status, headers, re.sub(r"<imageId>(ami-\w+)</imageId>", date, text).encode()


ec2._ACTION_MAP["DescribeImages"] = _dated
