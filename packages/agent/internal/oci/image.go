package oci

import (
	"encoding/json"
	"fmt"
)

// Image is the part of an OCI image configuration that a container uses.
type Image struct {
	Config struct {
		User       string   `json:"User,omitempty"`
		Env        []string `json:"Env,omitempty"`
		Entrypoint []string `json:"Entrypoint,omitempty"`
		Cmd        []string `json:"Cmd,omitempty"`
		WorkingDir string   `json:"WorkingDir,omitempty"`
		StopSignal string   `json:"StopSignal,omitempty"`
		// Volumes are directories that stay writable under a read-only root file system.
		Volumes map[string]struct{} `json:"Volumes,omitempty"`
	} `json:"config"`
}

// ParseImage reads an image configuration and ignores unused fields.
func ParseImage(text []byte) (*Image, error) {
	found := &Image{}
	if err := json.Unmarshal(text, found); err != nil {
		return nil, fmt.Errorf("the image's configuration: %w", err)
	}
	return found, nil
}
