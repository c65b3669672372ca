package aws

import (
	"context"
	"fmt"
	"net/url"
)

// Volume is an EBS volume with its attachments.
type Volume struct {
	ID          string `xml:"volumeId"`
	State       string `xml:"status"`
	Attachments []struct {
		Instance string `xml:"instanceId"`
		Device   string `xml:"device"`
		State    string `xml:"status"`
	} `xml:"attachmentSet>item"`
}

// Volume describes a volume.
func (c *Client) Volume(ctx context.Context, id string) (*Volume, error) {
	var out struct {
		Volumes []Volume `xml:"volumeSet>item"`
	}
	if err := c.query(ctx, describeVolumes, url.Values{"VolumeId.1": {id}}, &out); err != nil {
		return nil, err
	}
	if len(out.Volumes) != 1 {
		return nil, &Error{Action: describeVolumes.name, Status: 400, Code: "InvalidVolume.NotFound", Message: fmt.Sprintf("%s does not exist", id)}
	}
	return &out.Volumes[0], nil
}

// Attach attaches a volume to this machine. The device name must not be in use.
func (c *Client) Attach(ctx context.Context, volume, instance, device string) error {
	return c.query(ctx, attachVolume, url.Values{"VolumeId": {volume}, "InstanceId": {instance}, "Device": {device}}, nil)
}

// Detach detaches a volume, so that the next machine does not have to wait for this one's end.
func (c *Client) Detach(ctx context.Context, volume, instance string) error {
	return c.query(ctx, detachVolume, url.Values{"VolumeId": {volume}, "InstanceId": {instance}}, nil)
}
