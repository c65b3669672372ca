// Package userdata reads a machine's document and its payload, and validates both before they are used.
package userdata

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/imds"
)

// Metadata is the part of the metadata service that is used here.
type Metadata interface {
	Wait(ctx context.Context, path string) ([]byte, error)
}

// Bucket holds large payloads.
type Bucket interface {
	Object(ctx context.Context, bucket, key string) ([]byte, error)
}

// Invalid is an invalid document. Its readable part says where to signal the failure.
type Invalid struct {
	Salvaged *contract.Document // nil if nothing was readable
	Err      error
}

func (e *Invalid) Error() string {
	return "the user data is not a document of " + contract.Version + ": " + e.Err.Error()
}
func (e *Invalid) Unwrap() error { return e.Err }

// Document reads the user data.
func Document(ctx context.Context, from Metadata) (*contract.Document, error) {
	text, err := from.Wait(ctx, "user-data")
	if errors.Is(err, imds.ErrNotFound) {
		return nil, fault.Terminal(&Invalid{Err: errors.New("it is missing")})
	}
	if err != nil {
		return nil, fmt.Errorf("user data: %w", err)
	}
	document, err := contract.DecodeDocument(text)
	if err != nil {
		salvaged, _ := contract.Salvage(text)
		return nil, fault.Terminal(&Invalid{Salvaged: salvaged, Err: err})
	}
	return document, nil
}

// Payload reads the payload from the document or the bucket. Bytes with another hash than the document's are refused.
func Payload(ctx context.Context, document *contract.Document, from Bucket) (*contract.Payload, error) {
	packed, err := bytesOf(ctx, document, from)
	if err != nil {
		return nil, err
	}
	payload, err := contract.DecodePayload(packed)
	if err != nil {
		return nil, fault.Terminal(&Invalid{Salvaged: document, Err: err})
	}
	if err := refersToItself(document, payload); err != nil {
		return nil, fault.Terminal(&Invalid{Salvaged: document, Err: err})
	}
	return payload, nil
}

func bytesOf(ctx context.Context, document *contract.Document, from Bucket) ([]byte, error) {
	if document.Payload != nil {
		packed, err := document.Inline()
		if err != nil {
			return nil, fault.Terminal(&Invalid{Salvaged: document, Err: err})
		}
		return packed, nil
	}
	object := document.PayloadObject
	packed, err := from.Object(ctx, object.Bucket, object.Key)
	if aws.IsCode(err, "NoSuchKey", "NoSuchBucket") {
		return nil, fault.Terminalf("the payload %s/%s does not exist: %w", object.Bucket, object.Key, err)
	}
	if err != nil {
		return nil, fmt.Errorf("the payload: %w", err)
	}
	sum := sha256.Sum256(packed)
	if got := hex.EncodeToString(sum[:]); got != object.Sha256 {
		return nil, fault.Terminalf("the payload %s/%s has the hash %s, not %s", object.Bucket, object.Key, got, object.Sha256)
	}
	return packed, nil
}

// refersToItself checks, beyond the schema, that names are unique, that references have a target, and that kernel
// parameters are the pod's.
func refersToItself(document *contract.Document, payload *contract.Payload) error {
	pod := payload.Pod
	for _, each := range pod.Sysctls {
		if !contract.AllowedSysctl(each.Name) {
			return fmt.Errorf("the kernel parameter %s reaches outside of the pod", each.Name)
		}
	}
	volumes := map[string]contract.Volume{}
	for _, volume := range pod.Volumes {
		if _, twice := volumes[volume.Name]; twice {
			return fmt.Errorf("two volumes are named %s", volume.Name)
		}
		volumes[volume.Name] = volume
		if volume.Disk != nil && document.Disks[volume.Disk.Claim] == "" {
			return fmt.Errorf("volume %s: the document has no disk for the claim %s", volume.Name, volume.Disk.Claim)
		}
	}
	names := map[string]bool{}
	for _, container := range append(append([]contract.Container(nil), pod.InitContainers...), pod.Containers...) {
		if names[container.Name] {
			return fmt.Errorf("two containers are named %s", container.Name)
		}
		names[container.Name] = true
		for _, mount := range container.Mounts {
			volume, there := volumes[mount.Volume]
			if !there || volume.Disk != nil && contract.Or(volume.Disk.Block, false) {
				return fmt.Errorf("container %s mounts %s, which is not a volume with files", container.Name, mount.Volume)
			}
		}
		for _, device := range container.Devices {
			if volume := volumes[device.Volume]; volume.Disk == nil || !contract.Or(volume.Disk.Block, false) {
				return fmt.Errorf("container %s has the device %s, which is not a block volume", container.Name, device.Volume)
			}
		}
	}
	return nil
}
