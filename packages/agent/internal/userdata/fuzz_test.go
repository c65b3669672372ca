package userdata

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"testing"

	"i2kit.dev/agent/internal/contract"
	"i2kit.dev/agent/internal/fault"
)

// A machine with any user data starts a valid pod or fails for good, with a reason.
func FuzzUserData(f *testing.F) {
	inline := func(payload string) string {
		return head + `,"payload":"` + base64.StdEncoding.EncodeToString(pack(payload)) + `"}`
	}
	volume := `,"volumes":[{"name":"data","disk":{"claim":"data","fsType":"ext4","readOnly":false}}]`
	f.Add([]byte(inline(fmt.Sprintf(good, ""))), []byte(nil))
	f.Add([]byte(inline(fmt.Sprintf(good, volume))), []byte(nil))
	f.Add([]byte(inline(fmt.Sprintf(good, `,"sysctls":[{"name":"net.ipv4.tcp_syncookies","value":"1"}]`))), []byte(nil))
	f.Add([]byte(head+`}`), []byte(fmt.Sprintf(good, "")))
	f.Add(pack(inline(fmt.Sprintf(good, ""))), []byte(fmt.Sprintf(good, "")))
	f.Fuzz(func(t *testing.T, text, plain []byte) {
		found, err := Document(t.Context(), metadata(func() ([]byte, error) { return text, nil }))
		var invalid *Invalid
		switch {
		case err == nil && (found.Stack == "" || found.Region == "" || found.Resource == ""):
			t.Error("a document that cannot be signalled for")
		case err != nil && (!fault.IsTerminal(err) || !errors.As(err, &invalid)):
			t.Error(err)
		}
		if err != nil {
			found = &contract.Document{}
		}
		// The mutated payload in a valid wrapping: mutations of packed bytes alone end at the hash or at gzip.
		for _, packed := range [][]byte{pack(string(plain)), bytes.Clone(plain)} {
			encoded := base64.StdEncoding.EncodeToString(packed)
			found.Payload = &encoded
			payload, err := Payload(t.Context(), found, nil)
			if err == nil && len(payload.Pod.Containers) == 0 || err != nil && !fault.IsTerminal(err) {
				t.Error(err)
			}
		}
	})
}
