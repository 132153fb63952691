package text_test

import (
	"encoding/json"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/platform/fault"
	"github.com/rung-hr/rung/internal/platform/text"
)

func pointers(document string) []string {
	out := []string{}
	for _, d := range text.InJSON([]byte(document)) {
		out = append(out, d.Pointer)
	}
	return out
}

func TestEveryPlaceThatIsNoTextIsNamed(t *testing.T) {
	for document, want := range map[string][]string{
		`{"a":"x","b":["y","\u0000"],"c":{"d/e~":"\ud800"}}`: {"/b/1", "/c/d~1e~0"},
		"[[\"\xff\"],[],\"\\udc00\\ud800\"]":                 {"/0/0", "/2"},
		`"\u0000"`:                                           {""},
		`{"x":{"a\u0000":1,"b":"\u0000"}}`:                   {"/x", "/x/b"},
		`{"a":[1,true,null,{"b":"\u0000"}],"c":"\u0000"}`:    {"/a/3/b", "/c"},
		`["\ud83d\ude80","\\u0000","\"\\","é","\u00e9"]`:     {},
		`["\ud83d\u0041"]`:                                   {"/0"},
		`{"a":"\u0000"`:                                      {"/a"},
		`{"a":`:                                              {}, "": {}, "nothing": {}, "]": {}, `{"a" "b"}`: {},
	} {
		require.Equal(t, want, pointers(document), document)
	}
	require.Len(t, text.InJSON([]byte("["+strings.Repeat(`"\u0000",`, 1000)+"1]")), 20)
	require.Empty(t, text.InJSON([]byte(strings.Repeat("[", 1<<20))))
}

func TestLengthIsCountedInCharacters(t *testing.T) {
	fits := text.Fits("purpose_of_it", 3)
	require.NoError(t, fits("𝔘𝔘𝔘"))
	err := fits("𝔘𝔘𝔘𝔘")
	require.Equal(t, fault.Invalid, fault.KindOf(err))
	var f *fault.Error
	require.ErrorAs(t, err, &f)
	require.Equal(t, "purposeOfIt", f.Details[0].Field)
	require.Error(t, fits("\x00"))
	require.Error(t, fits("\xff"))
	require.NoError(t, text.Fits("x", 0)(strings.Repeat("é", 1<<20)))
}

func TestCutKeepsWholeCharacters(t *testing.T) {
	require.Equal(t, "aé", text.Cut("aéé", 2))
	require.Equal(t, "a�b", text.Cut("a\xff\xfeb", 9))
	require.Equal(t, "a�", text.Cut("a\x00b", 2))
}

// A document without flaws decodes to texts that can be kept, and nothing that can
// be sent makes the check panic.
func FuzzInJSON(f *testing.F) {
	for _, seed := range []string{`{"a":["\u0000",{"b":"\ud800\udc00"}]}`, "\"\xff\"", `{"\u0000":"\\u0000"}`, `[{"a":1},"\ud800\ud800"]`} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, document []byte) {
		places := text.InJSON(document)
		var v any
		if json.Unmarshal(document, &v) != nil {
			return
		}
		if keeps := kept(v) && utf8.Valid(document); len(places) == 0 && !keeps {
			t.Fatalf("not refused: %q", document)
		}
	})
}

func kept(v any) bool {
	switch v := v.(type) {
	case string:
		return text.Flaw(v) == ""
	case []any:
		for _, e := range v {
			if !kept(e) {
				return false
			}
		}
	case map[string]any:
		for k, e := range v {
			if !kept(k) || !kept(e) {
				return false
			}
		}
	}
	return true
}
