package ladder_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

// large is a framework of 200 competencies at 10 levels, one criterion each.
func large(name string) []byte {
	var b bytes.Buffer
	fmt.Fprintf(&b, "framework: %s\nversion: 1.0.0\ntracks:\n  - code: IC\n    levels: [{code: L1}, {code: L2}, {code: L3}, {code: L4}, {code: L5}, {code: L6}, {code: L7}, {code: L8}, {code: L9}, {code: L10}]\ncompetencies:\n", name)
	for i := range 200 {
		fmt.Fprintf(&b, "  - code: competency-%d\n    descriptors:\n", i)
		for l := 1; l <= 10; l++ {
			fmt.Fprintf(&b, "      - at: {level: L%d}\n        criteria:\n          - {uid: c-%d-%d, text: \"Designs part %d of systems that span teams, explains trade-off %d in a document, and measures what it costs at size %d.\"}\n", l, i, l, i, l, i*l)
		}
	}
	return b.Bytes()
}

func TestALargeFrameworkIsRead(t *testing.T) {
	source, err := ladder.Parse("large.yaml", large("large"))
	require.NoError(t, err)
	require.Len(t, source.Document.Rubric().For("L7"), 200)
}

// 20 frameworks of 2,000 criteria, from file to published.
func BenchmarkImport(b *testing.B) {
	for b.Loop() {
		r := apptest.Bare(b, storetest.SQLiteURL(b))
		for i := range 20 {
			_, err := r.App.Services.Ladders.Publish(apptest.System, "large.yaml", large(fmt.Sprintf("large-%d", i)), "2026-01-01")
			require.NoError(b, err)
		}
	}
}
