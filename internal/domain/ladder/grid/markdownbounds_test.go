package grid_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder/grid"
)

func TestMarkdownThatWouldKeepTheParserBusyIsRefused(t *testing.T) {
	for unit, says := range map[string]string{
		"> ": "inside each other", ">": "inside each other", "1. ": "inside each other", "+ - ": "inside each other",
		"[a](": "other marks", "a**b_c": "other marks", "![": "other marks", "`a``": "other marks", "[a]: b\n": "addresses of links",
	} {
		_, err := grid.Read("page.md", []byte("# L1\n\n"+strings.Repeat(unit, 200_000/len(unit))), grid.Options{})
		require.ErrorContains(t, err, says, unit)
		require.ErrorContains(t, err, "page.md:3:1", unit)
	}
}

func TestLongPagesWithManyMarksAreRead(t *testing.T) {
	for name, page := range map[string]string{
		"points":                               strings.Repeat("- **Ships** [small](https://x.example) changes\n", 300),
		"paragraphs":                           strings.Repeat("Ships `small` *changes* [often](https://x.example).\n\n", 300),
		"a quotation in a list in a quotation": "> - a\n>   > - b\n",
		"a table":                              "| a | L1 |\n|---|---|\n" + strings.Repeat("| x | **b** [a](https://x.example) |\n", 500),
	} {
		_, err := grid.Read("page.md", []byte("# L1\n\n"+page+"\n\n# L2\n- b\n"), grid.Options{})
		require.NoError(t, err, name)
	}
}
