package files

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"i2kit.dev/agent/internal/contract"
)

func ptr[T any](value T) *T { return &value }

func TestTree(t *testing.T) {
	from := map[string]map[string][]byte{"s\x00": {"b": []byte("B"), "a": []byte("A"), "e": {}}}
	field := contract.Field("metadata.name")
	tree, err := Tree([]contract.File{
		{Path: ptr("a"), Text: ptr("early")},
		{SecretKeys: &contract.SecretKeys{Secret: "s"}, Mode: ptr(int64(0o400))},
		{Path: ptr("deep/site.conf"), Text: ptr("")},
		{Path: ptr("logo"), Base64: ptr("AAH/")},
		{Path: ptr("name"), Field: &field},
		{Path: ptr("b"), Secret: &contract.SecretKey{Secret: "s", Key: "a"}, Mode: ptr(int64(0o600))},
		{Path: ptr("none"), Secret: &contract.SecretKey{Secret: "s", Key: "x", Optional: ptr(true)}},
		{SecretKeys: &contract.SecretKeys{Secret: "absent", Optional: ptr(true)}},
	}, from, map[string]string{"metadata.name": "web-1"})
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]string{"a": "400 A", "b": "600 A", "e": "400 ", "deep/site.conf": "644 ", "logo": "644 \x00\x01\xff", "name": "644 web-1"} {
		if entry, there := tree[path]; !there || strings.TrimPrefix(entry.Mode.String(), "") == "" || want != octal(entry.Mode)+" "+string(entry.Data) {
			t.Errorf("%s: %s %q", path, entry.Mode, entry.Data)
		}
	}
	if len(tree) != 6 {
		t.Error(tree)
	}
}

func octal(mode os.FileMode) string {
	digits := ""
	for shift := 6; shift >= 0; shift -= 3 {
		digits += string(rune('0' + mode>>shift&7))
	}
	return digits
}

func TestWhatIsMissing(t *testing.T) {
	for _, list := range [][]contract.File{
		{{Path: ptr("a"), Secret: &contract.SecretKey{Secret: "s", Key: "k"}}},
		{{SecretKeys: &contract.SecretKeys{Secret: "s"}}},
	} {
		if _, err := Tree(list, nil, nil); err == nil {
			t.Error("no fault")
		}
	}
}

func TestWrite(t *testing.T) {
	folder := t.TempDir()
	tree := map[string]Entry{"a": {0o400, []byte("A")}, "deep/er/b": {0o755, []byte("B")}}
	for range 2 {
		if err := Write(folder, tree, nil); err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]string{"a": "400", "deep/er/b": "755", "deep": "755"} {
		info, err := os.Stat(filepath.Join(folder, path))
		if err != nil || octal(info.Mode().Perm()) != want {
			t.Error(path, info, err)
		}
	}
	if os.Geteuid() != 0 {
		return
	}
	if err := Write(folder, tree, ptr(int64(2000))); err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string]os.FileMode{"a": 0o440, "deep/er/b": 0o755, "deep": 0o755 | os.ModeSetgid | os.ModeDir, ".": 0o755 | os.ModeSetgid | os.ModeDir} {
		if info, _ := os.Stat(filepath.Join(folder, path)); info.Mode() != want {
			t.Error(path, info.Mode())
		}
	}
}

// No path writes or removes a file outside of the folder.
func TestWriteStaysInItsFolder(t *testing.T) {
	outside := t.TempDir()
	os.WriteFile(filepath.Join(outside, "hosts"), []byte("theirs"), 0o644)
	folder := filepath.Join(outside, "volume")
	os.Mkdir(folder, 0o755)
	os.Symlink(outside, filepath.Join(folder, "link"))
	for _, path := range []string{"../hosts", "a/../../hosts", "link/hosts", filepath.Join(outside, "hosts")} {
		if err := Write(folder, map[string]Entry{path: {0o644, []byte("ours")}}, nil); err == nil {
			t.Error(path, "was written")
		}
	}
	if text, _ := os.ReadFile(filepath.Join(outside, "hosts")); string(text) != "theirs" {
		t.Errorf("%q", text)
	}
}
