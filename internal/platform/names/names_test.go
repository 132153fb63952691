package names_test

import (
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/platform/names"
)

func TestFoldedNames(t *testing.T) {
	for name, want := range map[string]string{
		"Ada Lovelace":  "ada lovelace",
		" Ana Müller ":  "ana muller",
		"Łukasz Ślusar": "łukasz slusar", // the stroke is no accent
		"İpek":          "ipek",
		"Ольга":         "ольга",
		"":              "",
	} {
		require.Equal(t, want, names.Fold(name), name)
	}
}

// The search for names that start with a text looks between the folded text and
// the same with 0xFF behind it, so no folded name may hold that byte, and folding
// twice must change nothing.
func TestAFoldedNameCanBeAKey(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		folded := names.Fold(rapid.String().Draw(t, "name"))
		require.NotContains(t, []byte(folded), byte(0xFF))
		require.Equal(t, folded, names.Fold(folded))
	})
}
