package login_test

import (
	"os"
	"path/filepath"
	"regexp"
	"testing"

	"github.com/stretchr/testify/require"
)

// Whoever mends a refused sign-in looks for the code of the page in the runbook.
func TestTheRunbookHasEachCode(t *testing.T) {
	runbook, err := os.ReadFile(filepath.Join("..", "..", "..", "deploy", "README.md"))
	require.NoError(t, err)
	n := 0
	for file, code := range map[string]*regexp.Regexp{
		"messages.go": regexp.MustCompile(`http\.Status\w+, "([a-z_]+)"`), "finish.go": regexp.MustCompile(`notTrusted\("([a-z_]+)"`),
	} {
		source, err := os.ReadFile(file)
		require.NoError(t, err)
		for _, found := range code.FindAllSubmatch(source, -1) {
			n++
			require.Contains(t, string(runbook), "`"+string(found[1])+"`")
		}
	}
	require.Greater(t, n, 20)
}
