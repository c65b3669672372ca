// Package files writes the volumes with files: config, secrets and the downward API, as one tree on a tmpfs.
package files

import (
	"encoding/base64"
	"errors"
	"fmt"
	"os"
	"path"
	"sort"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/fsgroup"
	"i2kit.dev/agent/internal/secrets"
)

// Entry is one file of a tree.
type Entry struct {
	Mode os.FileMode
	Data []byte
}

const usualMode = 0o644

// Tree evaluates a volume's list in order; a later path wins.
func Tree(list []contract.File, from secrets.All, fields map[string]string) (map[string]Entry, error) {
	tree := map[string]Entry{}
	for _, file := range list {
		mode := os.FileMode(contract.Or(file.Mode, usualMode))
		if file.SecretKeys != nil {
			keys, err := contract.Keys(from, *file.SecretKeys)
			if err != nil {
				return nil, fault.Terminal(err)
			}
			for _, key := range keys {
				tree[key] = Entry{mode, from[contract.SecretID(file.SecretKeys.Secret, file.SecretKeys.Version)][key]}
			}
			continue
		}
		data, err := content(file, from, fields)
		if err != nil {
			return nil, fault.Terminal(err)
		}
		if data != nil {
			tree[path.Clean(*file.Path)] = Entry{mode, data}
		}
	}
	return tree, nil
}

// content returns a file's bytes; nil means that the file is omitted.
func content(file contract.File, from secrets.All, fields map[string]string) ([]byte, error) {
	switch {
	case file.Text != nil:
		return []byte(*file.Text), nil
	case file.Base64 != nil:
		data, err := base64.StdEncoding.DecodeString(*file.Base64)
		if err != nil {
			return nil, fmt.Errorf("the file %s is not base64", *file.Path)
		}
		return append([]byte{}, data...), nil
	case file.Field != nil:
		return []byte(fields[string(*file.Field)]), nil
	}
	return contract.Key(from, *file.Secret)
}

// Write writes a tree below an existing folder. No path leads out of the folder. With a group, the group owns and may
// read the whole tree, as in a kubelet's read-only volumes.
func Write(folder string, tree map[string]Entry, group *int64) error {
	root, err := os.OpenRoot(folder)
	if err != nil {
		return err
	}
	defer root.Close()
	paths := make([]string, 0, len(tree))
	for name := range tree {
		paths = append(paths, name)
	}
	sort.Strings(paths)
	for _, name := range paths {
		if err := write(root, name, tree[name]); err != nil {
			return err
		}
	}
	if group == nil {
		return nil
	}
	refused, err := fsgroup.Own(folder, *group, fsgroup.ReadOnly)
	return errors.Join(err, refused.First)
}

func write(root *os.Root, name string, entry Entry) error {
	if err := root.MkdirAll(path.Dir(name), 0o755); err != nil {
		return err
	}
	// Replace an existing file; its mode may forbid writing into it.
	if err := root.RemoveAll(name); err != nil {
		return err
	}
	if err := root.WriteFile(name, entry.Data, 0o600); err != nil {
		return err
	}
	return root.Chmod(name, entry.Mode)
}
