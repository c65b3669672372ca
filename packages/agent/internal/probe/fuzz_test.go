package probe

import "testing"

// A health answer is a success only if its first field with number 1 is 1, whatever the rest is.
func FuzzServing(f *testing.F) {
	for _, seed := range [][]byte{{0, 0, 0, 0, 2, 8, 1}, {0, 0, 0, 0, 2, 8, 2}, {1, 0, 0, 0, 2, 8, 1}, {0, 0, 0, 0, 4, 16, 7, 8, 1}, nil} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, answer []byte) {
		if serving(answer) && (len(answer) < 7 || answer[0] != 0) {
			t.Errorf("% x is SERVING", answer)
		}
	})
}
