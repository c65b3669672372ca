package contract

import (
	"bytes"
	"compress/gzip"
	"encoding/base64"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// mostBytes limits the unpacked size, so that a small text cannot fill the memory.
const mostBytes = 16 << 20

// DecodeDocument reads user data, plain or gzip. Unknown fields are refused: an agent that does not know a field
// starts nothing.
func DecodeDocument(text []byte) (*Document, error) {
	text, err := unpacked(text)
	if err != nil {
		return nil, err
	}
	document := &Document{}
	return document, decode("Document", text, document)
}

// DecodePayload reads the payload's bytes: JSON in gzip.
func DecodePayload(packed []byte) (*Payload, error) {
	if !isGzip(packed) {
		return nil, errors.New("the payload is not gzip")
	}
	text, err := unpacked(packed)
	if err != nil {
		return nil, err
	}
	payload := &Payload{}
	return payload, decode("Payload", text, payload)
}

// Inline returns the bytes of a payload in the document.
func (d *Document) Inline() ([]byte, error) {
	packed, err := base64.StdEncoding.DecodeString(*d.Payload)
	if err != nil {
		return nil, fmt.Errorf("the payload is not base64: %w", err)
	}
	return packed, nil
}

// Salvage reads the fields that a signal needs out of an invalid document, so that its failure can still be
// signalled.
func Salvage(text []byte) (*Document, bool) {
	text, err := unpacked(text)
	if err != nil {
		return nil, false
	}
	var loose struct {
		Stack, Region, Resource, Logs string
		Endpoint                      *string
	}
	if json.Unmarshal(text, &loose) != nil || loose.Stack == "" || loose.Region == "" || loose.Resource == "" {
		return nil, false
	}
	return &Document{Stack: loose.Stack, Region: loose.Region, Resource: loose.Resource, Logs: loose.Logs, Endpoint: loose.Endpoint}, true
}

func decode(definition string, text []byte, into any) error {
	if err := uniqueKeys(text); err != nil {
		return err
	}
	if err := Validate(definition, text); err != nil {
		return err
	}
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.DisallowUnknownFields()
	return decoder.Decode(into)
}

// uniqueKeys refuses a duplicate key in an object. Readers disagree on such a text: JavaScript, and the validation
// here, use the last value; Go merges both into one object. The machine would run something other than the review
// showed.
func uniqueKeys(text []byte) error {
	decoder := json.NewDecoder(bytes.NewReader(text))
	decoder.UseNumber()
	type level struct {
		keys map[string]bool // nil for a list
		key  bool            // a key comes next
	}
	var open []level
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return fmt.Errorf("not JSON: %w", err)
		}
		if delimiter, is := token.(json.Delim); is && (delimiter == '}' || delimiter == ']') {
			open = open[:len(open)-1]
			if top := len(open) - 1; top >= 0 {
				open[top].key = open[top].keys != nil
			}
			continue
		}
		if top := len(open) - 1; top >= 0 && open[top].key {
			key := token.(string)
			if open[top].keys[key] {
				return fmt.Errorf("the key %q is a duplicate in its object", key)
			}
			open[top].keys[key], open[top].key = true, false
			continue
		}
		switch token {
		case json.Delim('{'):
			open = append(open, level{keys: map[string]bool{}, key: true})
		case json.Delim('['):
			open = append(open, level{})
		default:
			if top := len(open) - 1; top >= 0 {
				open[top].key = open[top].keys != nil
			}
		}
	}
}

func isGzip(text []byte) bool { return len(text) > 2 && text[0] == 0x1f && text[1] == 0x8b }

func unpacked(text []byte) ([]byte, error) {
	if !isGzip(text) {
		return text, nil
	}
	reader, err := gzip.NewReader(bytes.NewReader(text))
	if err != nil {
		return nil, fmt.Errorf("not gzip: %w", err)
	}
	plain, err := io.ReadAll(io.LimitReader(reader, mostBytes+1))
	if err != nil {
		return nil, fmt.Errorf("not gzip: %w", err)
	}
	if len(plain) > mostBytes {
		return nil, fmt.Errorf("over %d bytes", mostBytes)
	}
	return plain, nil
}

// Or returns the value of an optional field, or its default.
func Or[T any](value *T, absent T) T {
	if value == nil {
		return absent
	}
	return *value
}
