package volumes

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"testing/synctest"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/fault"
)

const me, id = "i-me", "vol-0123456789abcdef0"

// cloud is EC2 with a timetable of the disk's attachments.
type cloud struct {
	begin    time.Time
	freeAt   time.Duration
	state    string
	refuse   error
	inUse    int // number of device names in use
	attached string
	tried    []string
}

func (c *cloud) Volume(context.Context, string) (*aws.Volume, error) {
	volume := &aws.Volume{ID: id, State: "available"}
	holder := ""
	switch {
	case c.refuse != nil:
		return nil, c.refuse
	case c.attached != "":
		holder = me
	case time.Since(c.begin) < c.freeAt:
		holder = "i-other"
	case c.state != "":
		volume.State = c.state
	}
	if holder != "" {
		volume.Attachments = append(volume.Attachments, struct {
			Instance string `xml:"instanceId"`
			Device   string `xml:"device"`
			State    string `xml:"status"`
		}{holder, c.attached, "attached"})
	}
	return volume, nil
}

func (c *cloud) Attach(_ context.Context, _, _, device string) error {
	c.tried = append(c.tried, device)
	if c.inUse > 0 {
		c.inUse--
		return &aws.Error{Code: "InvalidParameterValue"}
	}
	c.attached = device
	return nil
}

func (c *cloud) Detach(context.Context, string, string) error { return nil }

func TestAttach(t *testing.T) {
	for name, test := range map[string]struct {
		cloud   cloud
		appears time.Duration // delay after its attachment; 0: it appeared before
		took    time.Duration
		fault   string
	}{
		"there already":         {cloud{}, 0, 0, ""},
		"free":                  {cloud{}, 3 * time.Second, 4 * time.Second, ""},
		"held by another":       {cloud{freeAt: 4 * time.Minute}, time.Second, 4*time.Minute + 2*time.Second, ""},
		"the first names taken": {cloud{inUse: 2}, time.Second, 2 * time.Second, ""},
		"held for ever":         {cloud{freeAt: time.Hour}, time.Second, longest + time.Second, "still attached to i-other"},
		"never appears":         {cloud{}, time.Hour, longest + time.Second, "has not appeared"},
		"being deleted":         {cloud{state: "deleting"}, time.Second, longest + time.Second, "it is deleting"},
		"not there":             {cloud{refuse: &aws.Error{Code: "InvalidVolume.NotFound"}}, time.Second, settled + time.Second, "NotFound"},
		"denied":                {cloud{refuse: &aws.Error{Code: "UnauthorizedOperation"}}, time.Second, settled + time.Second, "Unauthorized"},
		"AWS out of reach":      {cloud{refuse: errors.New("no route")}, time.Second, longest + time.Second, "no route"},
	} {
		t.Run(name, func(t *testing.T) {
			synctest.Test(t, func(t *testing.T) {
				from := test.cloud
				from.begin = time.Now()
				begun := time.Now()
				var attachedAt time.Time
				find := func(string, string) (string, bool) {
					if test.appears == 0 {
						return "/dev/nvme1n1", true
					}
					if from.attached != "" && attachedAt.IsZero() {
						attachedAt = time.Now()
					}
					return "/dev/nvme1n1", !attachedAt.IsZero() && time.Since(attachedAt) >= test.appears-time.Second
				}
				said := 0
				device, err := Attach(t.Context(), &from, me, id, find, func(string, ...any) { said++ })
				took := time.Since(begun)
				if test.fault != "" {
					if err == nil || !fault.IsTerminal(err) || !strings.Contains(err.Error(), test.fault) {
						t.Fatal(err)
					}
				} else if err != nil || device != "/dev/nvme1n1" {
					t.Fatal(device, err)
				}
				if (took - test.took).Abs() > 6*time.Second {
					t.Errorf("it took %s", took)
				}
				if took > 2*time.Minute && (said < 1 || said > int(took.Minutes())+1) {
					t.Errorf("told %d times", said)
				}
			})
		})
	}
}

func TestFind(t *testing.T) {
	finder := Finder{Sys: t.TempDir(), Dev: t.TempDir()}
	disk := func(name, serial string) {
		os.MkdirAll(filepath.Join(finder.Sys, name, "device"), 0o755)
		os.WriteFile(filepath.Join(finder.Sys, name, "device", "serial"), []byte(serial+"   \n"), 0o644)
	}
	if _, there := finder.Find(id, ""); there {
		t.Error("found in a machine without disks")
	}
	disk("nvme0n1", "vol0fff")
	disk("nvme1n1", "vol0123456789abcdef0")
	if _, there := finder.Find(id, ""); there {
		t.Error("found a device without its node")
	}
	os.WriteFile(filepath.Join(finder.Dev, "nvme1n1"), nil, 0o600)
	if device, there := finder.Find(id, "/dev/sdf"); !there || filepath.Base(device) != "nvme1n1" {
		t.Error(device, there)
	}
	xen := Finder{Sys: t.TempDir(), Dev: finder.Dev}
	os.WriteFile(filepath.Join(finder.Dev, "xvdf"), nil, 0o600)
	if device, there := xen.Find(id, "/dev/sdf"); !there || filepath.Base(device) != "xvdf" {
		t.Error(device, there)
	}
}
