package aws

import (
	"context"
	"net/url"
	"strconv"
)

// PutMemory publishes a pod's memory use, in percent, under the group that scales by it. docs/agent-v1.md defines
// namespace and name.
func (c *Client) PutMemory(ctx context.Context, group string, percent float64) error {
	return c.query(ctx, putMetricData, url.Values{
		"Namespace":                                     {"i2kit"},
		"MetricData.member.1.MetricName":                {"MemoryUtilization"},
		"MetricData.member.1.Unit":                      {"Percent"},
		"MetricData.member.1.Value":                     {strconv.FormatFloat(percent, 'f', 2, 64)},
		"MetricData.member.1.Dimensions.member.1.Name":  {"AutoScalingGroupName"},
		"MetricData.member.1.Dimensions.member.1.Value": {group},
	}, nil)
}
