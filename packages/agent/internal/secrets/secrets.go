// Package secrets fetches the pod's secrets. Their values exist only in memory and on a tmpfs.
package secrets

import (
	"context"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
)

// Store is Secrets Manager.
type Store interface {
	Secret(ctx context.Context, name, version string) ([]byte, bool, error)
}

// All holds values by key, by contract.SecretID.
type All = map[string]map[string][]byte

type reference struct {
	name     string
	version  *string
	required bool
}

// Fetch fetches each secret of the pod once at each version.
func Fetch(ctx context.Context, pod *contract.Pod, from Store) (All, error) {
	found := All{}
	asked := map[string]bool{}
	for _, wanted := range references(pod) {
		id := contract.SecretID(wanted.name, wanted.version)
		if !asked[id] {
			asked[id] = true
			value, there, err := from.Secret(ctx, wanted.name, contract.Or(wanted.version, ""))
			if err != nil {
				return nil, fmt.Errorf("the secret %s: %w", wanted.name, err)
			}
			if there {
				if found[id], err = parse(value); err != nil {
					return nil, fault.Terminalf("the secret %s: %w", wanted.name, err)
				}
			}
		}
		if _, there := found[id]; !there && wanted.required {
			return nil, fault.Terminalf("the secret %s%s is missing", wanted.name, atVersion(wanted.version))
		}
	}
	return found, nil
}

func atVersion(version *string) string {
	if version == nil {
		return ""
	}
	return " at version " + *version
}

// parse reads a secret's value: a JSON object of base64 values by key. An error contains nothing of the value.
func parse(value []byte) (map[string][]byte, error) {
	var keys map[string]string
	if json.Unmarshal(value, &keys) != nil || keys == nil {
		return nil, fmt.Errorf("it is not a JSON object of texts")
	}
	found := map[string][]byte{}
	for key, text := range keys {
		if !isKey(key) {
			return nil, fmt.Errorf("its key %.300q is not a key of a Kubernetes Secret (letters, digits, '-', '_' and '.')", key)
		}
		decoded, err := base64.StdEncoding.DecodeString(text)
		if err != nil {
			return nil, fmt.Errorf("its key %s is not base64", key)
		}
		found[key] = decoded
	}
	return found, nil
}

var keyOf = regexp.MustCompile(`^[-._a-zA-Z0-9]{1,253}$`)

// isKey is Kubernetes' rule for keys of Secrets (validation.IsConfigMapKey). Keys become names of files and
// variables.
func isKey(key string) bool {
	return keyOf.MatchString(key) && key != "." && !strings.HasPrefix(key, "..")
}

func references(pod *contract.Pod) (found []reference) {
	key := func(k *contract.SecretKey) {
		if k != nil {
			found = append(found, reference{k.Secret, k.Version, !contract.Or(k.Optional, false)})
		}
	}
	keys := func(k *contract.SecretKeys) {
		if k != nil {
			found = append(found, reference{k.Secret, k.Version, !contract.Or(k.Optional, false)})
		}
	}
	for _, containers := range [][]contract.Container{pod.InitContainers, pod.Containers} {
		for _, container := range containers {
			for _, entry := range container.Env {
				key(entry.Secret)
				keys(entry.SecretKeys)
			}
		}
	}
	for _, volume := range pod.Volumes {
		for _, file := range volume.Files {
			key(file.Secret)
			keys(file.SecretKeys)
		}
	}
	return found
}
