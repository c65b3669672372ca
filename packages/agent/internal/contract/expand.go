package contract

import (
	"fmt"
	"path"
	"strings"
)

// Limits of an expansion. Linux passes arguments and variables of at most 128 KiB each to a program, and at most 6
// MiB in total (MAX_ARG_STRLEN, _STK_LIM). A longer result is a fault, found before it fills the memory: `$(A)$(A)`
// doubles at each level.
const (
	mostText  = 128 << 10
	mostTexts = 6 << 20
)

var errTooLong = fmt.Errorf("it expands to more than %d bytes, more than a program can receive", mostText)

// Expand replaces `$(NAME)` with variables, as Kubernetes does: from left to right, once. `$$` becomes `$`; an
// unknown name stays.
func Expand(text string, lookup func(string) (string, bool)) (string, error) {
	var out strings.Builder
	last := strings.LastIndexByte(text, ')')
	for cursor := 0; cursor < len(text); cursor++ {
		if out.Len() > mostText {
			return "", errTooLong
		}
		if text[cursor] != '$' || cursor+1 == len(text) {
			out.WriteByte(text[cursor])
			continue
		}
		cursor++
		switch text[cursor] {
		case '$':
			out.WriteByte('$')
		case '(':
			if cursor > last {
				out.WriteString("$(")
				continue
			}
			end := strings.IndexByte(text[cursor:], ')')
			name := text[cursor+1 : cursor+end]
			if value, known := lookup(name); known {
				out.WriteString(value)
			} else {
				out.WriteString("$(" + name + ")")
			}
			cursor += end
		default:
			out.WriteString("$" + text[cursor:cursor+1])
		}
	}
	if out.Len() > mostText {
		return "", errTooLong
	}
	return out.String(), nil
}

// expander expands the texts of one container and limits their total length.
type expander struct {
	lookup func(string) (string, bool)
	made   int
}

func (e *expander) expand(text string) (string, error) {
	found, err := Expand(text, e.lookup)
	if e.made += len(found); err == nil && e.made > mostTexts {
		err = fmt.Errorf("with the others, it expands to more than %d bytes, more than a program can receive", mostTexts)
	}
	return found, err
}

// ExpandWords expands each word of a command.
func ExpandWords(words []string, lookup func(string) (string, bool)) ([]string, error) {
	out, all := make([]string, len(words)), expander{lookup: lookup}
	for index, word := range words {
		var err error
		if out[index], err = all.expand(word); err != nil {
			return nil, fmt.Errorf("word %d of its command: %w", index+1, err)
		}
	}
	return out, nil
}

// ExpandSubPath expands a subPathExpr. A missing or empty variable is a fault, because the wrong directory would be
// mounted.
func ExpandSubPath(text string, lookup func(string) (string, bool)) (string, error) {
	var missing string
	found, err := Expand(text, func(name string) (string, bool) {
		value, known := lookup(name)
		if (!known || value == "") && missing == "" {
			missing = name
		}
		return value, known
	})
	if err != nil {
		return "", fmt.Errorf("subPathExpr %q: %w", text, err)
	}
	if missing != "" {
		return "", fmt.Errorf("subPathExpr %q: the variable %s is missing or empty", text, missing)
	}
	if path.IsAbs(found) {
		return "", fmt.Errorf("subPathExpr %q is the absolute path %q", text, found)
	}
	for _, part := range strings.Split(found, "/") {
		if part == ".." {
			return "", fmt.Errorf("subPathExpr %q is %q, which leaves the volume", text, found)
		}
	}
	return found, nil
}
