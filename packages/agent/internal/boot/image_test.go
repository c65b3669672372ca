package boot

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"i2kit.dev/agent/internal/contract"
)

func TestImagesAreFoundByTheirContent(t *testing.T) {
	images := t.TempDir()
	a, b := strings.Repeat("a", 64), strings.Repeat("b", 64)
	folder := func(image string) string {
		t.Helper()
		found, err := imageFolder(images, contract.Container{Name: "web", Image: image})
		if err != nil {
			t.Fatal(err)
		}
		return strings.TrimPrefix(found, images+"/")
	}
	if got := folder("ghcr.io/acme/web:2.4.1"); got != "web" {
		t.Errorf("without an index: %s", got)
	}
	os.WriteFile(filepath.Join(images, "index.json"), []byte(`{"ghcr.io/acme/web:2.4.1":"`+b+`","out":"../../etc"}`), 0o644)
	for image, want := range map[string]string{
		"ghcr.io/acme/web@sha256:" + a:       a,
		"ghcr.io/acme/web:2.4.1@sha256:" + a: a,
		"ghcr.io/acme/web:2.4.1":             b,
		"ghcr.io/acme/web:2.4.2":             "web",
		"ghcr.io/acme/web@sha256:" + a[1:]:   "web",
		"out":                                "etc",
	} {
		if got := folder(image); got != want {
			t.Errorf("%s: %s", image, got)
		}
	}
	os.WriteFile(filepath.Join(images, "index.json"), []byte(`{`), 0o644)
	if _, err := imageFolder(images, contract.Container{Name: "web", Image: "web"}); err == nil {
		t.Error("a broken index is accepted:")
	}
}
