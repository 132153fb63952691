package ladder_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

func shipped(t *testing.T) ladder.Source {
	t.Helper()
	source, err := ladder.Parse(ladder.ShippedFile())
	require.NoError(t, err)
	return source
}

func TestShippedLadderIsComplete(t *testing.T) {
	document := shipped(t).Document.Rubric()
	require.Len(t, document.Levels(), 7)
	require.Len(t, document.Competencies, 9)
	for _, competency := range document.Competencies {
		require.Len(t, competency.Cells, 7, competency.Code)
		for _, cell := range competency.Cells {
			require.GreaterOrEqual(t, len(cell.Points), 2, competency.Code+cell.Level)
			require.LessOrEqual(t, len(cell.Points), 4, competency.Code+cell.Level)
			for _, point := range cell.Points {
				require.True(t, strings.HasSuffix(point.Text, "."), point.UID)
			}
		}
	}
	lead, _, _ := document.Level("IC5")
	require.Equal(t, []string{"M1"}, lead.Equivalent)
	require.Contains(t, lead.Next, "M1")
	require.Equal(t, 6, *lead.Shape.YearsMin)
	require.Nil(t, lead.Shape.YearsMax)
	require.Zero(t, lead.Shape.ReportsMax)
}

func TestTheTeamLayerAddsOnCall(t *testing.T) {
	team, err := ladder.Parse(ladder.ShippedTeamFile())
	require.NoError(t, err)
	merged, from, findings := ladder.Resolve(team.Document, ladder.Among(shipped(t).Document))
	require.Empty(t, findings)
	require.Equal(t, []ladder.Provenance{{Framework: "backend-engineering", Version: "2.3.0"}}, from)
	require.Empty(t, ladder.Lint(merged))
	below, _ := shipped(t).Document.Rubric().Competency("reliability-and-operations")
	with, _ := merged.Rubric().Competency("reliability-and-operations")
	require.Len(t, with.Cell("IC4").Points, len(below.Cell("IC4").Points)+1)
	require.Len(t, with.Cell("IC6").Points, len(below.Cell("IC6").Points))
}

func TestShippedLadderIsCleanOfLint(t *testing.T) {
	require.Empty(t, shipped(t).Lint())
}

func TestShippedLadderGrowsFromLevelToLevel(t *testing.T) {
	document := shipped(t).Document.Rubric()
	for _, step := range [][]string{{"IC3", "IC4"}, {"IC4", "IC5"}, {"IC5", "IC6"}, {"IC6", "IC7"}, {"M1", "M2"}} {
		comparison, err := ladder.Compare(document, step)
		require.NoError(t, err)
		for _, row := range comparison.Rows {
			require.GreaterOrEqual(t, row.Changed, 1, "%s %v", row.Competency, step)
			require.True(t, sharesWords(row.Cells[1].Segments), "%s %v has no wording in common", row.Competency, step)
		}
	}
}

func sharesWords(segments []ladder.Segment) bool {
	for _, segment := range segments {
		if segment.Change == ladder.Same {
			return true
		}
	}
	return false
}
