"""FilterLogEvents in pages, an empty one among them, and from the newest on, as CloudWatch Logs does and ministack does not.

https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_FilterLogEvents.html"""
import json

from ministack.core.responses import json_response
from ministack.services import cloudwatch_logs

_filter = cloudwatch_logs._filter_log_events
_PAGE = 5


def _paged(data):
    wanted = {key: value for key, value in data.items() if key not in ("nextToken", "limit", "startFromHead", "logStreamNamePrefix")}
    prefix, group = data.get("logStreamNamePrefix"), cloudwatch_logs._log_groups.get(data.get("logGroupName"))
    if prefix and group:
        wanted["logStreamNames"] = [name for name in group["streams"] if name.startswith(prefix)] or ["\0"]
    status, headers, body = _filter(wanted)
    if status != 200:
        return status, headers, body
    found = json.loads(body)["events"]
    if data.get("startFromHead") is False:
        found.reverse()
    at, emptied = json.loads(data.get("nextToken") or "[0, false]")
    if at > 0 and not emptied:
        return json_response({"events": [], "nextToken": json.dumps([at, True])})
    end = at + min(_PAGE, data.get("limit") or _PAGE)
    more = {"nextToken": json.dumps([end, False])} if end < len(found) else {}
    return json_response({"events": found[at:end], **more})


cloudwatch_logs._filter_log_events = _paged
