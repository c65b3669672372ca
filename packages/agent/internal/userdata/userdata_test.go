package userdata

import (
	"bytes"
	"compress/gzip"
	"context"
	"crypto/sha256"
	"encoding/base64"
	"errors"
	"fmt"
	"strings"
	"testing"

	"i2kit.dev/agent/internal/aws"
	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
	"i2kit.dev/agent/internal/imds"
)

type metadata func() ([]byte, error)

func (m metadata) Wait(context.Context, string) ([]byte, error) { return m() }

type bucket map[string][]byte

func (b bucket) Object(_ context.Context, name, key string) ([]byte, error) {
	if object, there := b[name+"/"+key]; there {
		return object, nil
	}
	return nil, &aws.Error{Code: "NoSuchKey"}
}

func pack(text string) []byte {
	var out bytes.Buffer
	writer := gzip.NewWriter(&out)
	writer.Write([]byte(text))
	writer.Close()
	return out.Bytes()
}

const good = `{"pod":{"owner":"Deployment/default/web","generateName":"web-","namespace":"default","dns":{"policy":"Default"},"containers":[{"name":"web","image":"x"}]%s},"rollout":{"minReadySeconds":0,"deadlineSeconds":600}}`

const head = `{"apiVersion":"i2kit.dev/agent/v1","stack":"arn","region":"eu-west-1","resource":"Web","logs":"/l"`

func document(t *testing.T, rest string) *contract.Document {
	t.Helper()
	found, err := Document(t.Context(), metadata(func() ([]byte, error) { return []byte(head + rest + "}"), nil }))
	if err != nil {
		t.Fatal(err)
	}
	return found
}

func TestInline(t *testing.T) {
	packed := base64.StdEncoding.EncodeToString(pack(fmt.Sprintf(good, "")))
	payload, err := Payload(t.Context(), document(t, `,"payload":"`+packed+`"`), nil)
	if err != nil || payload.Pod.Containers[0].Name != "web" {
		t.Fatal(payload, err)
	}
}

func TestFromTheBucket(t *testing.T) {
	object := pack(fmt.Sprintf(good, ""))
	for name, test := range map[string]struct {
		hash  string
		there bucket
		want  string
	}{
		"whole":         {fmt.Sprintf("%x", sha256.Sum256(object)), bucket{"b/k": object}, ""},
		"another":       {strings.Repeat("ab", 32), bucket{"b/k": object}, "has the hash"},
		"not there":     {strings.Repeat("ab", 32), bucket{}, "NoSuchKey"},
		"not a payload": {fmt.Sprintf("%x", sha256.Sum256(pack("{}"))), bucket{"b/k": pack("{}")}, "lacks pod"},
		"not gzip":      {fmt.Sprintf("%x", sha256.Sum256([]byte("{}"))), bucket{"b/k": []byte("{}")}, "not gzip"},
	} {
		t.Run(name, func(t *testing.T) {
			_, err := Payload(t.Context(), document(t, `,"payloadObject":{"bucket":"b","key":"k","sha256":"`+test.hash+`"}`), test.there)
			if test.want == "" {
				if err != nil {
					t.Fatal(err)
				}
			} else if err == nil || !strings.Contains(err.Error(), test.want) || !fault.IsTerminal(err) {
				t.Fatal(err)
			}
		})
	}
}

func TestNoDocument(t *testing.T) {
	_, err := Document(t.Context(), metadata(func() ([]byte, error) { return nil, imds.ErrNotFound }))
	if !fault.IsTerminal(err) {
		t.Fatal(err)
	}
	_, err = Document(t.Context(), metadata(func() ([]byte, error) { return []byte(head + `,"shell":"sh"}`), nil }))
	var invalid *Invalid
	if !errors.As(err, &invalid) || invalid.Salvaged == nil || invalid.Salvaged.Stack != "arn" {
		t.Fatal(err)
	}
}

func TestReferences(t *testing.T) {
	for name, test := range map[string]struct{ rest, want string }{
		"a disk of no claim":      {`,"volumes":[{"name":"d","disk":{"claim":"c"}}]`, "no disk for the claim c"},
		"two volumes of one name": {`,"volumes":[{"name":"d","empty":{}},{"name":"d","empty":{}}]`, "two volumes"},
		"a parameter of all":      {`,"sysctls":[{"name":"kernel.core_pattern","value":"|/bin/evil"}]`, "the kernel parameter kernel.core_pattern reaches outside of the pod"},
		"a parameter by a way":    {`,"sysctls":[{"name":"net/../kernel/modprobe","value":"/bin/evil"}]`, "reaches outside of the pod"},
		"two containers":          {`,"initContainers":[{"name":"web","image":"x"}]`, "two containers"},
		"a mount of no volume":    {`,"initContainers":[{"name":"i","image":"x","mounts":[{"volume":"d","path":"/d"}]}]`, "mounts d"},
		"a device of files":       {`,"volumes":[{"name":"d","empty":{}}],"initContainers":[{"name":"i","image":"x","devices":[{"volume":"d","path":"/d"}]}]`, "device d"},
	} {
		t.Run(name, func(t *testing.T) {
			packed := base64.StdEncoding.EncodeToString(pack(fmt.Sprintf(good, test.rest)))
			_, err := Payload(t.Context(), document(t, `,"payload":"`+packed+`"`), nil)
			if err == nil || !strings.Contains(err.Error(), test.want) {
				t.Fatal(err)
			}
		})
	}
}
