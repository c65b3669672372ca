package main

import (
	"archive/tar"
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"os"
	"os/exec"
	"runtime"
	"strings"
)

// image is an image that is made here: busybox, accounts, and some files.
type image struct {
	user, passwd, group string
	volumes             []string
	command             []string
	entries             []tar.Header
}

// load imports an image into containerd as an OCI archive.
func (d *daemon) load(name string, of image) {
	busybox, err := exec.LookPath("busybox")
	check(err)
	program, err := os.ReadFile(busybox)
	check(err)
	layer := &archive{}
	layer.open()
	for _, folder := range []string{"bin", "etc", "proc", "sys", "dev", "tmp"} {
		layer.add(tar.Header{Name: folder + "/", Typeflag: tar.TypeDir, Mode: 0o755}, nil)
	}
	layer.add(tar.Header{Name: "bin/busybox", Mode: 0o755}, program)
	for _, link := range strings.Fields("sh sleep cat id ls grep touch stat echo test") {
		layer.add(tar.Header{Name: "bin/" + link, Typeflag: tar.TypeSymlink, Linkname: "busybox"}, nil)
	}
	layer.add(tar.Header{Name: "etc/passwd", Mode: 0o644}, []byte(of.passwd))
	layer.add(tar.Header{Name: "etc/group", Mode: 0o644}, []byte(of.group))
	for _, entry := range of.entries {
		layer.add(entry, []byte("of the image\n")[:entry.Size])
	}
	volumes := map[string]struct{}{}
	for _, volume := range of.volumes {
		volumes[volume] = struct{}{}
	}
	content := layer.close()
	settings := encode(map[string]any{
		"architecture": runtime.GOARCH, "os": "linux", "rootfs": map[string]any{"type": "layers", "diff_ids": []string{digest(content)}},
		"config": map[string]any{"User": of.user, "Volumes": volumes, "Entrypoint": of.command, "Env": []string{"PATH=/bin"}},
	})
	const kinds = "application/vnd.oci.image."
	descriptor := func(kind string, text []byte) map[string]any {
		return map[string]any{"mediaType": kinds + kind, "digest": digest(text), "size": len(text)}
	}
	manifest := encode(map[string]any{"schemaVersion": 2, "mediaType": kinds + "manifest.v1+json", "config": descriptor("config.v1+json", settings), "layers": []any{descriptor("layer.v1.tar", content)}})
	top := descriptor("manifest.v1+json", manifest)
	top["annotations"] = map[string]string{"io.containerd.image.name": name}
	layout := &archive{}
	layout.open()
	layout.add(tar.Header{Name: "oci-layout", Mode: 0o644}, encode(map[string]string{"imageLayoutVersion": "1.0.0"}))
	layout.add(tar.Header{Name: "index.json", Mode: 0o644}, encode(map[string]any{"schemaVersion": 2, "manifests": []any{top}}))
	for _, blob := range [][]byte{content, settings, manifest} {
		layout.add(tar.Header{Name: "blobs/sha256/" + strings.TrimPrefix(digest(blob), "sha256:"), Mode: 0o644}, blob)
	}
	made, err := d.client.Import(context.Background(), bytes.NewReader(layout.close()))
	check(err)
	for _, each := range made {
		image, err := d.client.GetImage(context.Background(), each.Name)
		check(err)
		check(image.Unpack(context.Background(), ""))
	}
}

func encode(value any) []byte {
	text, err := json.Marshal(value)
	check(err)
	return text
}

func digest(text []byte) string {
	sum := sha256.Sum256(text)
	return "sha256:" + hex.EncodeToString(sum[:])
}

type archive struct {
	bytes.Buffer
	writer *tar.Writer
}

func (a *archive) open() { a.writer = tar.NewWriter(&a.Buffer) }

func (a *archive) add(header tar.Header, content []byte) {
	if header.Typeflag == 0 {
		header.Typeflag = tar.TypeReg
	}
	header.Size = int64(len(content))
	check(a.writer.WriteHeader(&header))
	_, err := a.writer.Write(content)
	check(err)
}

func (a *archive) close() []byte {
	check(a.writer.Close())
	return a.Bytes()
}
