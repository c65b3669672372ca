// Package volumes makes a pod's volumes: empty directories, files, and disks, which are attached, found, and
// formatted only if they are blank.
package volumes

import (
	"context"
	"fmt"
	"time"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/fault"
)

// EC2 is the part of EC2 that is used here.
type EC2 interface {
	Volume(ctx context.Context, id string) (*aws.Volume, error)
	Attach(ctx context.Context, volume, instance, device string) error
	Detach(ctx context.Context, volume, instance string) error
}

const (
	// longest limits the retries of an attachment: the previous machine may not have released the disk yet.
	longest = 20 * time.Minute
	// settled is how long a refusal may be temporary: a new resource is not known everywhere at once.
	settled = 2 * time.Minute
)

// Attach attaches a disk to this machine and returns its device.
func Attach(ctx context.Context, from EC2, instance, id string, find func(id, hint string) (string, bool), logf func(string, ...any)) (string, error) {
	start, lastLogged := time.Now(), time.Time{}
	letters, hint := "fghijklmnop", ""
	var last error
	for {
		if device, there := find(id, hint); there {
			return device, nil
		}
		waiting := ""
		volume, err := from.Volume(ctx, id)
		switch {
		case err != nil:
			waiting = err.Error()
			if isFinal(err) && time.Since(start) > settled {
				return "", fault.Terminalf("the volume %s: %w", id, err)
			}
		case len(volume.Attachments) > 0 && volume.Attachments[0].Instance == instance:
			hint = volume.Attachments[0].Device
			waiting = "it is attached, but its device has not appeared yet"
		case len(volume.Attachments) > 0:
			waiting = fmt.Sprintf("it is still %s to %s", volume.Attachments[0].State, volume.Attachments[0].Instance)
		case volume.State != "available":
			waiting = "it is " + volume.State
		default:
			hint = "/dev/sd" + letters[:1]
			if err = from.Attach(ctx, id, instance, hint); err == nil {
				waiting = "it is being attached"
				break
			}
			waiting = err.Error()
			if aws.IsCode(err, "InvalidParameterValue", "InvalidDevice.InUse") && len(letters) > 1 {
				// Another volume has that name.
				letters = letters[1:]
				continue
			}
			if isFinal(err) && time.Since(start) > settled {
				return "", fault.Terminalf("the volume %s: %w", id, err)
			}
		}
		last = fmt.Errorf("%s", waiting)
		if time.Since(start) > longest {
			return "", fault.Terminalf("the volume %s could not be attached within %s: %w", id, longest, last)
		}
		if time.Since(start) > 10*time.Second && time.Since(lastLogged) > time.Minute {
			logf("waiting for the volume %s: %s", id, waiting)
			lastLogged = time.Now()
		}
		pause := time.Second
		if time.Since(start) > 30*time.Second {
			pause = 5 * time.Second
		}
		select {
		case <-ctx.Done():
			return "", fmt.Errorf("the volume %s: %w (last: %w)", id, ctx.Err(), last)
		case <-time.After(pause):
		}
	}
}

// isFinal reports whether a refusal is permanent.
func isFinal(err error) bool {
	return aws.IsDenied(err) || aws.IsCode(err, "InvalidVolume.NotFound", "InvalidVolumeID.Malformed", "InvalidVolume.ZoneMismatch", "InvalidInstanceID.NotFound")
}
