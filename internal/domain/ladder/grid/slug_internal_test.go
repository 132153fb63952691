package grid

import (
	"regexp"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"
)

func TestCodesCanBeReadInEveryScript(t *testing.T) {
	for name, want := range map[string]string{
		"Größe & Maß": "grosse-mass", "Архитектура": "arkhitektura", "\u5de5\u7a0b": "gong-cheng", "Τεχνική": "tekhnike", "Ørsted": "orsted", "C++": "c-plus-plus", "C#": "c-sharp",
		"360° feedback": "number-360deg-feedback", "\U0001F680": "rocket", "+ +": "plus-plus", "\u2192": "rightwards-arrow", "\u5de5\u7a0b\u5e08 II": "gong-cheng-shi-ii",
		"Łódź": "lodz", "e\u0301lan": "elan", "": "",
	} {
		require.Equal(t, want, slug(name, 60), name)
	}
}

func FuzzSlug(f *testing.F) {
	f.Add("Größe")
	f.Add("\u6280\u672f")
	f.Add("\x00\u200b")
	code := regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	f.Fuzz(func(t *testing.T, name string) {
		if got := slug(name, 40); strings.TrimSpace(name) != "" && utf8.ValidString(name) {
			require.Regexp(t, code, got)
			require.LessOrEqual(t, len(got), 40)
		}
	})
}
