package boot

import (
	"os"
	"path/filepath"
	"testing"
)

func TestTheWorkingSetIsWithoutFilesThatCanGo(t *testing.T) {
	folder := t.TempDir()
	if _, err := workingSet(folder); err == nil {
		t.Error("there is no such group")
	}
	os.WriteFile(filepath.Join(folder, "memory.current"), []byte("1000\n"), 0o600)
	os.WriteFile(filepath.Join(folder, "memory.stat"), []byte("anon 400\ninactive_file 300\nactive_file 200\n"), 0o600)
	if used, err := workingSet(folder); used != 700 || err != nil {
		t.Error(used, err)
	}
}
