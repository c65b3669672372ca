package boot

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"i2kit.dev/agent/internal/contract"
)

var digest = regexp.MustCompile(`@sha256:([0-9a-f]{64})$`)

// imageFolder returns the folder of a container's image in the machine. Its name is the digest, from the reference or
// else from the index beside the images. In a machine image that was made by hand, it is the container's name.
// (packages/image/src/machinePaths.ts is the other side.)
func imageFolder(images string, container contract.Container) (string, error) {
	if found := digest.FindStringSubmatch(container.Image); found != nil {
		return filepath.Join(images, found[1]), nil
	}
	text, err := os.ReadFile(filepath.Join(images, "index.json"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return "", err
	}
	var index map[string]string
	if err == nil {
		if err := json.Unmarshal(text, &index); err != nil {
			return "", fmt.Errorf("the index of the images in this machine: %w", err)
		}
	}
	if name, known := index[container.Image]; known {
		return filepath.Join(images, filepath.Base(name)), nil
	}
	return filepath.Join(images, container.Name), nil
}
