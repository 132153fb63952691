package ladder_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

func cellOf(texts ...string) ladder.Cell {
	var cell ladder.Cell
	for _, text := range texts {
		cell.Points = append(cell.Points, ladder.Point{Text: text})
	}
	return cell
}

// marked writes segments as text with [new] and -removed- pieces.
func marked(segments []ladder.Segment) string {
	var text strings.Builder
	for _, segment := range segments {
		switch segment.Change {
		case ladder.New:
			text.WriteString("[" + segment.Text + "]")
		case ladder.Removed:
			text.WriteString("-" + segment.Text + "-")
		default:
			text.WriteString(segment.Text)
		}
	}
	return text.String()
}

func TestDiffCellsReadsWell(t *testing.T) {
	tests := []struct {
		name       string
		base, cell []string
		want       string
	}{
		{"equal", []string{"Writes code."}, []string{"Writes code."}, "Writes code."},
		{"one phrase", []string{"Designs a service end to end and explains its trade-offs."},
			[]string{"Designs systems that span services and explains their trade-offs."},
			"Designs- a service end to end-[ systems that span services] and explains- its-[ their] trade-offs."},
		{"added at the end", []string{"Helps junior engineers."}, []string{"Helps junior engineers grow over months."},
			"Helps junior engineers[ grow over months]."},
		{"no islands", []string{"Removes the cause of each incident, and shows that it cannot return."},
			[]string{"Removes the many classes of failure, and shows that it cannot return."},
			"Removes the- cause of each incident-[ many classes of failure], and shows that it cannot return."},
		{"other expectation", []string{"Removes the cause of each incident."}, []string{"Finds the next limit before customers do."},
			"[Finds the next limit before customers do.]- Removes the cause of each incident.-"},
		{"moved point", []string{"Writes tests.", "Reads logs daily."}, []string{"Reads logs daily.", "Writes tests."},
			"Reads logs daily. Writes tests."},
		{"from nothing", nil, []string{"Writes code."}, "[Writes code.]"},
		{"to nothing", []string{"Writes code."}, nil, "-Writes code.-"},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			require.Equal(t, test.want, marked(ladder.DiffCells(cellOf(test.base...), cellOf(test.cell...))))
		})
	}
}

func TestDiffCellsGivesTheTextBack(t *testing.T) {
	sentence := rapid.Custom(func(t *rapid.T) string {
		words := rapid.SliceOfN(rapid.SampledFrom(strings.Fields("writes reads the a services, code tests; of and team's logs. on-call")), 1, 12).Draw(t, "words")
		return strings.Join(words, " ")
	})
	rapid.Check(t, func(t *rapid.T) {
		base := cellOf(rapid.SliceOfN(sentence, 0, 4).Draw(t, "base")...)
		texts := rapid.SliceOfN(sentence, 0, 4).Draw(t, "cell")
		segments := ladder.DiffCells(base, cellOf(texts...))
		var kept strings.Builder
		for i, segment := range segments {
			require.NotEmpty(t, segment.Text)
			require.False(t, i > 0 && segments[i-1].Change == segment.Change)
			if segment.Change != ladder.Removed {
				kept.WriteString(segment.Text)
			}
		}
		require.Equal(t, strings.Join(texts, " "), kept.String())
	})
}

func TestCompareLevels(t *testing.T) {
	comparison, err := ladder.Compare(parse(t, small).Document.Rubric(), []string{"IC1", "IC2", "M1"})
	require.NoError(t, err)
	require.Equal(t, "IC1", comparison.Base)
	require.Len(t, comparison.Levels, 3)
	row := comparison.Rows[0]
	require.Equal(t, 1, row.Changed)
	require.Equal(t, 2, row.Total)
	require.Equal(t, "Writes tests for every- change-[ service of the team]. Repairs broken tests on the same day.", marked(row.Cells[1].Segments))
	require.Equal(t, []ladder.Segment{
		{Text: "60 % coding", Change: ladder.New}, {Text: "0 reports", Change: ladder.Same}, {Text: "3+ years", Change: ladder.New},
	}, comparison.Shape[1].Parts)
	require.Equal(t, []ladder.Segment{
		{Text: "20 % coding", Change: ladder.New}, {Text: "5–8 reports", Change: ladder.New}, {Text: "writes reviews", Change: ladder.New},
	}, comparison.Shape[2].Parts)
	require.Empty(t, comparison.Unchanged)
}

func TestCompareListsWhatDoesNotChange(t *testing.T) {
	same := strings.Replace(small, "Writes tests for every service of the team.", "Writes tests for every change.", 1)
	comparison, err := ladder.Compare(parse(t, same).Document.Rubric(), []string{"IC1", "IC2"})
	require.NoError(t, err)
	require.Equal(t, []string{"testing"}, comparison.Unchanged)
	require.Zero(t, comparison.Rows[0].Changed)
}

func TestCompareRefusesUnknownLevels(t *testing.T) {
	for _, codes := range [][]string{nil, {"IC1"}, {"IC1", "IC9"}, {"IC1", "IC1"}} {
		_, err := ladder.Compare(parse(t, small).Document.Rubric(), codes)
		require.Error(t, err, codes)
	}
}
