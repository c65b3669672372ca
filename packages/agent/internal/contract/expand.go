package contract

import (
	"fmt"
	"path"
	"strings"
)

// Expand puts variables in place of `$(NAME)`, as Kubernetes does: from left to right, once; `$$` is `$`; what is not known stays.
func Expand(text string, lookup func(string) (string, bool)) string {
	var out strings.Builder
	for cursor := 0; cursor < len(text); cursor++ {
		if text[cursor] != '$' || cursor+1 == len(text) {
			out.WriteByte(text[cursor])
			continue
		}
		cursor++
		switch text[cursor] {
		case '$':
			out.WriteByte('$')
		case '(':
			end := strings.IndexByte(text[cursor:], ')')
			if end < 0 {
				out.WriteString("$(")
				continue
			}
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
	return out.String()
}

// ExpandWords expands each word of a command.
func ExpandWords(words []string, lookup func(string) (string, bool)) []string {
	out := make([]string, len(words))
	for index, word := range words {
		out[index] = Expand(word, lookup)
	}
	return out
}

// ExpandSubPath expands a subPathExpr. A variable that is not there or empty is a fault, for it would mount something else than meant.
func ExpandSubPath(text string, lookup func(string) (string, bool)) (string, error) {
	var missing string
	found := Expand(text, func(name string) (string, bool) {
		value, known := lookup(name)
		if (!known || value == "") && missing == "" {
			missing = name
		}
		return value, known
	})
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
