"""The EBS direct APIs' three writing calls, which ministack lacks: a disk becomes a snapshot, block by block.

https://docs.aws.amazon.com/ebs/latest/APIReference/API_Operations.html: blocks of 512 KiB with a SHA-256 each, a token that stands
for one snapshot, and a snapshot that completes only when the count and the aggregate of its blocks' hashes are right."""
import base64
import hashlib
import json
import re

from ministack.core.responses import get_account_id, set_request_account_id, set_request_region
from ministack.services import ec2

_BLOCK = 524288
_tokens = {}
_blocks = {}


def is_ours(scope):
    return scope["type"] == "http" and re.match(r"/snapshots(/|$)", scope["path"]) is not None


def reset():
    _tokens.clear()
    _blocks.clear()


async def answer(scope, receive, send):
    headers = {name.decode().lower(): value.decode("latin-1") for name, value in scope["headers"]}
    credential = re.search(r"Credential=([^/]+)/\d+/([^/]+)/", headers.get("authorization", ""))
    if credential:
        set_request_account_id(credential[1])
        set_request_region(credential[2])
    body, more = b"", True
    while more:
        message = await receive()
        body, more = body + message.get("body", b""), message.get("more_body", False)
    status, given, extra = _route(scope["method"], scope["path"], headers, body)
    text = json.dumps(given).encode()
    sent = [(b"content-type", b"application/json"), (b"content-length", str(len(text)).encode()), *extra]
    await send({"type": "http.response.start", "status": status, "headers": sent})
    await send({"type": "http.response.body", "body": text})


def _route(method, path, headers, body):
    block = re.fullmatch(r"/snapshots/(snap-\w+)/blocks/(\d+)", path)
    completion = re.fullmatch(r"/snapshots/completion/(snap-\w+)", path)
    if method == "POST" and path == "/snapshots":
        return _start(json.loads(body))
    if method == "PUT" and block:
        return _put(block[1], int(block[2]), headers, body)
    if method == "POST" and completion:
        return _complete(completion[1], headers)
    return _refused(404, "ResourceNotFoundException", "there is no such call")


def _start(wanted):
    token = (get_account_id(), wanted.get("ClientToken"))
    known, form = _tokens.get(token, (None, None))
    if known in ec2._snapshots and form != wanted:
        return _refused(400, "ConflictException", "the token was used with other parameters")
    if known not in ec2._snapshots:
        known = ec2._new_snapshot_id()
        ec2._snapshots[known] = {
            "SnapshotId": known, "VolumeId": "vol-ffffffff", "VolumeSize": wanted["VolumeSize"], "Description": wanted.get("Description", ""),
            "State": "pending", "StartTime": ec2._now_ts(), "Progress": "0%", "OwnerId": get_account_id(),
            "Encrypted": wanted.get("Encrypted", False), "StorageTier": "standard",
        }
        ec2._tags[known] = wanted.get("Tags", [])
        _tokens[token], _blocks[known] = (known, wanted), {}
    return 201, {"SnapshotId": known, "Status": ec2._snapshots[known]["State"], "VolumeSize": wanted["VolumeSize"], "BlockSize": _BLOCK}, []


def _put(snapshot, index, headers, body):
    if snapshot not in _blocks:
        return _refused(404, "ResourceNotFoundException", f"{snapshot} does not exist")
    if ec2._snapshots[snapshot]["State"] != "pending":
        return _refused(400, "ValidationException", f"{snapshot} is complete")
    digest = hashlib.sha256(body).digest()
    if len(body) != _BLOCK or base64.b64encode(digest).decode() != headers.get("x-amz-checksum"):
        return _refused(400, "ValidationException", "the block is not what its length and hash say")
    _blocks[snapshot][index] = digest
    return 201, {}, [(b"x-amz-checksum", headers["x-amz-checksum"].encode()), (b"x-amz-checksum-algorithm", b"SHA256")]


def _complete(snapshot, headers):
    if snapshot not in _blocks:
        return _refused(404, "ResourceNotFoundException", f"{snapshot} does not exist")
    blocks = _blocks[snapshot]
    whole = hashlib.sha256(b"".join(blocks[index] for index in sorted(blocks))).digest()
    if int(headers["x-amz-changedblockscount"]) != len(blocks) or headers.get("x-amz-checksum") != base64.b64encode(whole).decode():
        return _refused(400, "ValidationException", "the count or the hash of the blocks is another one")
    ec2._snapshots[snapshot].update(State="completed", Progress="100%")
    return 202, {"Status": "completed"}, []


def _refused(status, name, message):
    return status, {"Message": message}, [(b"x-amzn-errortype", name.encode())]
