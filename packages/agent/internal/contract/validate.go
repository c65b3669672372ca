package contract

import (
	_ "embed"
	"encoding/json"
	"fmt"
	"math/big"
	"reflect"
	"regexp"
	"slices"
	"sort"
	"strings"
	"sync"
	"unicode/utf8"
)

//go:embed schema.json
var schemaText []byte

// schemaNode is the part of JSON Schema that the contract uses. keywords guards it: a new keyword would otherwise be
// ignored silently.
type schemaNode struct {
	Ref                  string                 `json:"$ref"`
	Type                 string                 `json:"type"`
	Const                any                    `json:"const"`
	Enum                 []any                  `json:"enum"`
	Pattern              string                 `json:"pattern"`
	MinLength            *int                   `json:"minLength"`
	MaxLength            *int                   `json:"maxLength"`
	Minimum              *json.Number           `json:"minimum"`
	Maximum              *json.Number           `json:"maximum"`
	MinItems             *int                   `json:"minItems"`
	MaxItems             *int                   `json:"maxItems"`
	Items                *schemaNode            `json:"items"`
	Properties           map[string]*schemaNode `json:"properties"`
	AdditionalProperties json.RawMessage        `json:"additionalProperties"`
	Required             []string               `json:"required"`
	OneOf                []*schemaNode          `json:"oneOf"`
	Not                  *schemaNode            `json:"not"`
	ContentEncoding      string                 `json:"contentEncoding"`
	Defs                 map[string]*schemaNode `json:"$defs"`

	closed  bool
	others  *schemaNode
	pattern *regexp.Regexp
}

var loaded = sync.OnceValues(func() (*schemaNode, error) {
	decoder := json.NewDecoder(strings.NewReader(string(schemaText)))
	decoder.UseNumber()
	decoder.DisallowUnknownFields()
	root := &schemaNode{}
	if err := decoder.Decode(root); err != nil {
		return nil, fmt.Errorf("the agent's own schema: %w", err)
	}
	return root, root.prepare()
})

// prepare compiles patterns once and reads `additionalProperties`, which is a boolean or a schema.
func (n *schemaNode) prepare() (err error) {
	if n.Pattern != "" {
		if n.pattern, err = regexp.Compile(n.Pattern); err != nil {
			return err
		}
	}
	switch text := string(n.AdditionalProperties); text {
	case "", "true":
	case "false":
		n.closed = true
	default:
		n.others = &schemaNode{}
		if err := json.Unmarshal(n.AdditionalProperties, n.others); err != nil {
			return err
		}
	}
	inner := slices.Clone(n.OneOf)
	inner = append(inner, n.Items, n.Not, n.others)
	for _, each := range []map[string]*schemaNode{n.Properties, n.Defs} {
		for _, node := range each {
			inner = append(inner, node)
		}
	}
	for _, node := range inner {
		if node != nil {
			if err := node.prepare(); err != nil {
				return err
			}
		}
	}
	return nil
}

// Validate checks a JSON text against one definition of the contract. The error names the place.
func Validate(definition string, text []byte) error {
	root, err := loaded()
	if err != nil {
		return err
	}
	decoder := json.NewDecoder(strings.NewReader(string(text)))
	decoder.UseNumber()
	var value any
	if err := decoder.Decode(&value); err != nil {
		return fmt.Errorf("not JSON: %w", err)
	}
	if _, err := decoder.Token(); err == nil {
		return fmt.Errorf("the JSON is followed by other text")
	}
	return root.check(root.Defs[definition], value, strings.ToLower(definition))
}

func (root *schemaNode) resolve(n *schemaNode) *schemaNode {
	for n.Ref != "" {
		n = root.Defs[strings.TrimPrefix(n.Ref, "#/$defs/")]
	}
	return n
}

func (root *schemaNode) check(n *schemaNode, value any, at string) error {
	n = root.resolve(n)
	if err := n.checkType(value, at); err != nil {
		return err
	}
	if n.Const != nil && !reflect.DeepEqual(n.Const, value) {
		return fmt.Errorf("%s must be %v", at, n.Const)
	}
	if n.Enum != nil && !slices.Contains(n.Enum, value) {
		return fmt.Errorf("%s must be one of %v", at, n.Enum)
	}
	var err error
	switch value := value.(type) {
	case string:
		err = n.checkText(value, at)
	case json.Number:
		err = n.checkNumber(value, at)
	case []any:
		err = root.checkList(n, value, at)
	case map[string]any:
		err = root.checkObject(n, value, at)
	}
	if err != nil {
		return err
	}
	if n.Not != nil && root.check(n.Not, value, at) == nil {
		return fmt.Errorf("%s has fields that exclude each other (%s)", at, strings.Join(n.Not.Required, ", "))
	}
	return root.checkOneOf(n, value, at)
}

func (n *schemaNode) checkType(value any, at string) error {
	ok := true
	switch n.Type {
	case "string":
		_, ok = value.(string)
	case "boolean":
		_, ok = value.(bool)
	case "array":
		_, ok = value.([]any)
	case "object":
		_, ok = value.(map[string]any)
	case "integer":
		var number json.Number
		number, ok = value.(json.Number)
		if ok {
			_, err := number.Int64()
			ok = err == nil
		}
	}
	if !ok {
		return fmt.Errorf("%s must be of type %s", at, n.Type)
	}
	return nil
}

func (n *schemaNode) checkText(value, at string) error {
	if n.MinLength != nil && utf8.RuneCountInString(value) < *n.MinLength {
		return fmt.Errorf("%s must not be empty", at)
	}
	if n.MaxLength != nil && utf8.RuneCountInString(value) > *n.MaxLength {
		return fmt.Errorf("%s is longer than %d characters", at, *n.MaxLength)
	}
	if n.pattern != nil && !n.pattern.MatchString(value) {
		return fmt.Errorf("%s does not match %s", at, n.Pattern)
	}
	return nil
}

func (n *schemaNode) checkNumber(value json.Number, at string) error {
	number, _ := new(big.Rat).SetString(value.String())
	bound := func(limit *json.Number, sign int, word string) error {
		if limit == nil {
			return nil
		}
		if edge, _ := new(big.Rat).SetString(limit.String()); number.Cmp(edge) == sign {
			return fmt.Errorf("%s must be %s %s", at, word, limit)
		}
		return nil
	}
	if err := bound(n.Minimum, -1, "at least"); err != nil {
		return err
	}
	return bound(n.Maximum, 1, "at most")
}

func (root *schemaNode) checkList(n *schemaNode, value []any, at string) error {
	if n.MinItems != nil && len(value) < *n.MinItems || n.MaxItems != nil && len(value) > *n.MaxItems {
		return fmt.Errorf("%s has %d items", at, len(value))
	}
	if n.Items == nil {
		return nil
	}
	for index, item := range value {
		if err := root.check(n.Items, item, fmt.Sprintf("%s[%d]", at, index)); err != nil {
			return err
		}
	}
	return nil
}

func (root *schemaNode) checkObject(n *schemaNode, value map[string]any, at string) error {
	for _, name := range n.Required {
		if _, there := value[name]; !there {
			return fmt.Errorf("%s lacks %s", at, name)
		}
	}
	names := make([]string, 0, len(value))
	for name := range value {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		inner := n.Properties[name]
		switch {
		case inner == nil && n.closed:
			return fmt.Errorf("%s has the unknown field %q", at, name)
		case inner == nil && n.others != nil:
			inner = n.others
		case inner == nil:
			continue
		}
		if err := root.check(inner, value[name], at+"."+name); err != nil {
			return err
		}
	}
	return nil
}

func (root *schemaNode) checkOneOf(n *schemaNode, value any, at string) error {
	if len(n.OneOf) == 0 {
		return nil
	}
	matches := 0
	var failure error
	for _, choice := range n.OneOf {
		if err := root.check(choice, value, at); err == nil {
			matches++
		} else if failure == nil || deeper(err, failure) {
			failure = err
		}
	}
	switch {
	case matches == 1:
		return nil
	case matches > 1:
		return fmt.Errorf("%s is of more than one kind", at)
	}
	return failure
}

// deeper selects the error of the intended choice of two failed ones: the one that matched further into the value.
func deeper(a, b error) bool {
	depth := func(err error) int { return strings.Count(strings.SplitN(err.Error(), " ", 2)[0], ".") }
	return depth(a) > depth(b)
}
