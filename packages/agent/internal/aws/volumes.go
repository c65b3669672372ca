package aws

import (
	"context"
	"fmt"
	"net/url"
)

// Volume is an EBS volume and its attachments.
type Volume struct {
	ID          string `xml:"volumeId"`
	State       string `xml:"status"`
	Attachments []struct {
		Instance string `xml:"instanceId"`
		Device   string `xml:"device"`
		State    string `xml:"status"`
	} `xml:"attachmentSet>item"`
}

// Volume describes a disk.
func (c *Client) Volume(ctx context.Context, id string) (*Volume, error) {
	var out struct {
		Volumes []Volume `xml:"volumeSet>item"`
	}
	if err := c.query(ctx, describeVolumes, url.Values{"VolumeId.1": {id}}, &out); err != nil {
		return nil, err
	}
	if len(out.Volumes) != 1 {
		return nil, &Error{Action: describeVolumes.name, Status: 400, Code: "InvalidVolume.NotFound", Message: fmt.Sprintf("%s is not there", id)}
	}
	return &out.Volumes[0], nil
}

// Attach gives a disk to this machine; device is a name that no other has.
func (c *Client) Attach(ctx context.Context, volume, instance, device string) error {
	return c.query(ctx, attachVolume, url.Values{"VolumeId": {volume}, "InstanceId": {instance}, "Device": {device}}, nil)
}

// Detach lets a disk go, so that the machine that follows need not wait for this one's end.
func (c *Client) Detach(ctx context.Context, volume, instance string) error {
	return c.query(ctx, detachVolume, url.Values{"VolumeId": {volume}, "InstanceId": {instance}}, nil)
}
