package ladder_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

func parse(t *testing.T, text string) ladder.Source {
	t.Helper()
	source, err := ladder.Parse("craft.yaml", []byte(text))
	require.NoError(t, err)
	return source
}

// fixture reads a ladder of one of the published shapes.
func fixture(t *testing.T, name string) ladder.Source {
	t.Helper()
	source, err := ladder.Parse(name+".yaml", read(t, name))
	require.NoError(t, err)
	return source
}

func read(t *testing.T, name string) []byte {
	t.Helper()
	content, err := os.ReadFile(filepath.Join("testdata", name+".yaml"))
	require.NoError(t, err)
	return content
}

// rubric resolves a fixture against all others.
func rubric(t *testing.T, name string) ladder.Rubric {
	t.Helper()
	var all []ladder.Document
	for _, path := range fixtures(t) {
		all = append(all, fixture(t, path).Document)
	}
	merged, _, findings := ladder.Resolve(fixture(t, name).Document, ladder.Among(all...))
	require.Empty(t, findings)
	return merged.Rubric()
}

func fixtures(t *testing.T) []string {
	t.Helper()
	paths, err := filepath.Glob("testdata/*.yaml")
	require.NoError(t, err)
	for i, path := range paths {
		paths[i] = strings.TrimSuffix(filepath.Base(path), ".yaml")
	}
	require.NotEmpty(t, paths)
	return paths
}

func TestEveryShapeGoesOutAsItCameIn(t *testing.T) {
	for _, name := range fixtures(t) {
		t.Run(name, func(t *testing.T) {
			source := fixture(t, name)
			canonical, err := source.Canonical()
			require.NoError(t, err)
			again, err := ladder.Parse(name, canonical)
			require.NoError(t, err, string(canonical))
			require.Equal(t, source.Document, again.Document)
			twice, err := again.Canonical()
			require.NoError(t, err)
			require.Equal(t, string(canonical), string(twice), "canonical stays canonical, comments too")
			levels := rubric(t, name).Levels()
			require.NotEmpty(t, rubric(t, name).For(levels[len(levels)-1].Code))
		})
	}
}

func TestCommentsStay(t *testing.T) {
	canonical, err := fixture(t, "discipline").Canonical()
	require.NoError(t, err)
	require.Contains(t, string(canonical), "# added to what everybody shares")
	canonical, err = fixture(t, "axes").Canonical()
	require.NoError(t, err)
	require.True(t, strings.HasPrefix(string(canonical), "# Five axes with named steps"))
}

func texts(points []ladder.Point) []string {
	out := []string{}
	for _, p := range points {
		out = append(out, p.UID)
	}
	return out
}

func cell(t *testing.T, r ladder.Rubric, competency, level string) ladder.Cell {
	t.Helper()
	c, ok := r.Competency(competency)
	require.True(t, ok, competency)
	return c.Cell(level)
}

func TestPointsOfAScaleAreDescribed(t *testing.T) {
	r := rubric(t, "points")
	servers, _ := r.Competency("servers")
	require.Len(t, servers.Stages, 5)
	require.Equal(t, "m1", servers.Stages[0].Level)
	require.Equal(t, []string{"srv-1-b"}, texts(servers.Stages[0].Examples))
	scale := r.ScaleOf(servers)
	require.Len(t, scale, 6)
	require.Equal(t, "Not started.", scale[0].Meaning)
	require.Equal(t, "Adds to an existing service by its own patterns. Adds an endpoint with its tests and its metrics.", scale[1].Meaning)
	require.InDelta(t, 20, *scale[5].Value, 0)
	require.Len(t, r.For("2.1"), 2, "what has stages and no expectations is assessed at every level")
	require.Equal(t, "Group lead", r.Tracks[0].Levels[4].Titles[0].Title)
}

func TestStagesFoldWhatIsStillExpected(t *testing.T) {
	r := rubric(t, "axes")
	lead := cell(t, r, "people", "TL5")
	require.Equal(t, []string{"peo-4"}, texts(lead.Points))
	require.Equal(t, []string{"peo-1", "peo-2", "peo-3"}, texts(lead.Still))
	require.Equal(t, 3, *lead.Expected)
	require.Equal(t, ladder.Typical, cell(t, r, "technology", "EM5").Mode)
	level, _, _ := r.Level("TL4")
	require.Equal(t, 4, level.Ordinal, "a track may start higher, as high as its equivalents")
	other, _, _ := r.Level("D5")
	require.Equal(t, []string{"TL5", "EM5"}, other.Equivalent, "equivalents count both ways")
}

func TestPagesHaveCraftsAndArchetypes(t *testing.T) {
	r := rubric(t, "pages")
	staff := cell(t, r, "delivery", "IC5")
	require.Equal(t, []string{"del-5"}, texts(staff.Points))
	require.Equal(t, "solver", staff.Variants[0].Level)
	require.Equal(t, []string{"del-5-solver"}, texts(staff.Variants[0].Points))
	require.Contains(t, cell(t, r, "owners", "M4").Narrative, "Says so when the plan is wrong.", "a selector reaches all levels")
	require.Len(t, r.For("M4"), 2, "the craft is not asked of managers")
	require.Len(t, r.For("IC4"), 3)
}

func TestLayersMergeByCode(t *testing.T) {
	r := rubric(t, "discipline")
	require.Equal(t, []string{"com-2", "bcom-2"}, texts(cell(t, r, "communication", "P2").Points), "append")
	require.Equal(t, []string{"bmas-1"}, texts(cell(t, r, "mastery", "P1").Points), "replace")
	require.Empty(t, cell(t, r, "mastery", "P2").Points)
	_, ok := r.Competency("office-days")
	require.False(t, ok, "hide")
	_, ok = r.Competency("operations")
	require.True(t, ok, "add")
	require.Len(t, r.For("P1"), 2, "operations start at P2")

	r = rubric(t, "subdepartment")
	require.Equal(t, []string{"fn-code-3", "dep-code-3", "inf-code-3"}, texts(cell(t, r, "code", "senior").Points), "three layers, the widest first")
	require.Len(t, r.Competencies, 1)
}

func TestLayersThatDoNotFit(t *testing.T) {
	generic, top := fixture(t, "generic").Document, fixture(t, "discipline")
	_, _, findings := ladder.Resolve(top.Document, ladder.Among())
	require.Equal(t, `discipline.yaml:6:17: no published version of "generic-topics" fits generic-topics@^2 (publish it first, or name another range)`, top.Locate(findings).Error())

	ring := generic
	ring.Layer, ring.Layers = ladder.CraftLayer, []ladder.LayerRef{{From: "backend-topics"}}
	_, _, findings = ladder.Resolve(top.Document, ladder.Among(ring, top.Document))
	require.Contains(t, findings.Error(), "the layers lead back to backend-topics: backend-topics builds on generic-topics builds on backend-topics")

	wide := generic
	wide.Layers = []ladder.LayerRef{{From: "backend-topics"}}
	_, _, findings = ladder.Resolve(wide, ladder.Among(top.Document, generic))
	require.Contains(t, findings.Error(), "cannot be below the company layer")

	strict := top.Document
	strict.Layers = []ladder.LayerRef{{From: "generic-topics", Mode: ladder.Add}}
	_, _, findings = ladder.Resolve(strict, ladder.Among(generic))
	require.Contains(t, findings.Error(), `"communication" is also in a wider layer`)

	late := top.Document
	late.Competencies = append(late.Competencies, ladder.Entry{Code: "flying", Descriptors: []ladder.Descriptor{{At: ladder.Anchor{Level: "P9"}}}})
	_, _, findings = ladder.Resolve(late, ladder.Among(generic))
	require.Contains(t, findings.Error(), `level "P9" does not exist`)
}

func TestFilesAreCheckedTogether(t *testing.T) {
	generic, top := fixture(t, "generic"), fixture(t, "discipline")
	findings, absent := ladder.LintAll([]ladder.Source{top})
	require.Equal(t, []string{"generic-topics@^2"}, absent, "what is not there is told, not guessed")
	require.NotContains(t, findings.Error(), "layers")

	findings, absent = ladder.LintAll([]ladder.Source{top, generic})
	require.Empty(t, absent)
	require.Contains(t, findings.Error(), "generic.yaml:")

	ring := parse(t, strings.Replace(string(read(t, "generic")), "layer: company", "layer: craft\nlayers: [{from: backend-topics}]", 1))
	findings, _ = ladder.LintAll([]ladder.Source{top, ring})
	require.Contains(t, findings.Error(), "discipline.yaml:6:1: the layers lead back to backend-topics")
}

func TestABranchAndADepthAtALevel(t *testing.T) {
	r := rubric(t, "branch")
	senior, _, _ := r.Level("senior-1")
	require.Equal(t, []string{"senior-2-ic", "senior-2-pm"}, senior.Next)
	require.Equal(t, 2, *cell(t, r, "planning", "senior-1").Expected, "the point that the level page names")
	require.Len(t, cell(t, r, "impact", "tech-director").Points, 1, "what is retired is no longer asked")
	require.Len(t, r.For("junior"), 1, "a sparse grid asks only what it says")
}

func TestSublevelsAddToTheirLevel(t *testing.T) {
	r := rubric(t, "sublevels")
	second := cell(t, r, "dexterity", "E2b")
	require.Equal(t, "Writes code that works and that others can read, alone.", second.Narrative)
	require.Equal(t, []string{"dex-2b"}, texts(second.Notes))
	level, _, _ := r.Level("E2b")
	require.Equal(t, "e2b-note", level.Notes[0].UID)
	require.Equal(t, []string{"de"}, r.Locales())
}

func TestCriteriaHaveWeights(t *testing.T) {
	r := rubric(t, "metnotmet")
	points := cell(t, r, "people", "L1").Points
	require.Equal(t, ladder.WeightGrowth, points[1].Weight)
	require.Empty(t, points[0].Weight, "core goes without saying")
	require.Equal(t, 1, r.Meets)
	require.Len(t, r.Scale, 2)
}

func TestRulesAdvise(t *testing.T) {
	tests := []struct {
		name, own, target string
		ratings           map[string]int
		level             string
		reached           bool
		reason            string
	}{
		{"points", "1.2", "2.1", map[string]int{"servers": 3, "mentorship": 2}, "1.2", false, "6 + 3 = 9 points. 1.2 starts at 5. 2.1 needs 2 more."},
		{"points", "1.2", "2.1", map[string]int{"servers": 4, "mentorship": 0}, "2.1", true, "12 + 0 = 12 points. 2.1 starts at 11. 2.2 needs 5 more."},
		{"axes", "TL4", "TL5", map[string]int{"technology": 2, "people": 2}, "", false, "1 of 2 reach what TL5 expects; 2 are needed. Below it: People."},
		{"axes", "TL4", "TL5", map[string]int{"technology": 2, "people": 3}, "TL5", true, "2 of 2 reach what TL5 expects; 2 are needed."},
		{"counts", "E2", "S1", map[string]int{"delivery": 2, "leadership": 0, "expertise": 0}, "S1", true, "S1 is reached: 1 at Advanced or above, 1 needed."},
		{"counts", "S1", "S2", map[string]int{"delivery": 3, "leadership": 1, "expertise": 0}, "S1", false, "S2 asks for nothing below Intermediate, and Domain expertise is."},
		{"counts", "S2", "ST1", map[string]int{"delivery": 4, "leadership": 2, "expertise": 1}, "S2", false, "ST1 is not reached: 1 at Leading expert or above, 1 needed, and 1 at Expert or above, 1 needed, without Leadership."},
		{"counts", "S2", "ST1", map[string]int{"delivery": 4, "leadership": 3, "expertise": 1}, "ST1", true, "ST1 is reached: 1 at Leading expert or above, 1 needed, and 2 at Expert or above, 1 needed."},
		{"average", "L0", "L1", map[string]int{"databases": 2, "interfaces": 1}, "L1", true, "The weighted mean is 9 / 5 = 1.80; it must be above 1.7."},
		{"average", "L0", "L1", map[string]int{"databases": 2, "interfaces": 0}, "", false, "The weighted mean is 8 / 5 = 1.60; it must be above 1.7. Interfaces is at Not yet."},
		{"average", "L0", "L2", map[string]int{"databases": 2}, "", false, "The weighted mean is 8 / 4 = 2.00; it must be above 1.7. L2 does not follow L0."},
	}
	for _, test := range tests {
		t.Run(test.name+" "+test.target, func(t *testing.T) {
			advice, ok := rubric(t, test.name).Derive(test.own, test.target, test.ratings)
			require.True(t, ok)
			require.Equal(t, test.reason, advice.Reason)
			require.Equal(t, test.level, advice.Level)
			require.Equal(t, test.reached, advice.Reached)
		})
	}
	_, ok := rubric(t, "pages").Derive("IC3", "IC4", nil)
	require.False(t, ok, "people decide alone where there is no rule")
}
