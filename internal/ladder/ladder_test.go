package ladder_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/ladder"
)

const small = `framework: craft
name: Craft
version: 1.0.0
tracks:
  - code: IC
    name: Engineers
    kind: ic
    levels:
      - {code: IC1, title: One, shortTitle: One, ordinal: 1, summary: First, next: [IC2], shape: {codingShare: 80, reportsMin: 0, reportsMax: 0, yearsMin: 1, yearsMax: 3}}
      - {code: IC2, title: Two, shortTitle: Two, ordinal: 2, summary: Second, equivalent: [M1], shape: {codingShare: 60, reportsMin: 0, reportsMax: 0, yearsMin: 3}}
  - code: M
    name: Managers
    kind: management
    levels:
      - {code: M1, title: Manager, shortTitle: Manager, ordinal: 2, summary: Leads, equivalent: [IC2], shape: {codingShare: 20, reportsMin: 5, reportsMax: 8, writesReviews: true}}
categories: [{code: making, name: Making}]
scale:
  - {point: 0, key: none, label: Not shown, meaning: Nothing}
  - {point: 1, key: partly, label: Partly, meaning: Some}
  - {point: 2, key: met, label: Met, meaning: All}
  - {point: 3, key: exceeds, label: Exceeds, meaning: More}
competencies:
  - code: testing
    name: Testing
    short: Tests
    category: making
    description: Tests things.
    cells:
      - level: IC1
        points:
          - {uid: tes-1, text: Writes tests for every change.}
          - {uid: tes-2, text: Repairs broken tests on the same day.}
        examples: [Did so.]
        antiExamples: [Did not.]
      - level: IC2
        points:
          - {uid: tes-3, text: Writes tests for every service of the team.}
          - {uid: tes-4, text: Repairs broken tests on the same day.}
        examples: [Did so.]
        antiExamples: [Did not.]
      - level: M1
        points:
          - {uid: tes-5, text: Makes room for testing in each plan.}
        examples: [Did so.]
        antiExamples: [Did not.]
layers:
  - code: night
    name: Night shift
    summary: For night teams
    points: [{competency: testing, level: IC1, uid: tes-night, text: Tests at night.}]
technologies: [{code: languages, name: Languages, items: [Go, Rust]}]
designations: [{code: lead, name: Lead, note: For a while.}]
`

func parse(t *testing.T, text string) ladder.Source {
	t.Helper()
	source, err := ladder.Parse("craft.yaml", []byte(text))
	require.NoError(t, err)
	return source
}

func TestParseReadsEverything(t *testing.T) {
	document := parse(t, small).Document
	require.Equal(t, "craft", document.Framework)
	require.Len(t, document.Levels(), 3)
	level, track, ok := document.Level("M1")
	require.True(t, ok)
	require.Equal(t, "M", track)
	require.True(t, level.Shape.WritesReviews)
	require.Nil(t, level.Shape.YearsMin)
	testing, ok := document.Competency("testing")
	require.True(t, ok)
	require.Equal(t, "tes-5", testing.Cell("M1").Points[0].UID)
	_, ok = document.Competency("flying")
	require.False(t, ok)
	_, _, ok = document.Level("IC9")
	require.False(t, ok)
}

func TestParseReportsAllErrorsWithTheirPlace(t *testing.T) {
	broken := strings.NewReplacer(
		"version: 1.0.0", "version: 1.0",
		"kind: ic", "kind: engineers",
		"ordinal: 2, summary: Second", "ordinal: 1, sumary: Second",
		"next: [IC2]", "next: [IC9]",
		"equivalent: [IC2]", "equivalent: []",
		"category: making", "category: baking",
		"uid: tes-4", "uid: tes-1",
		"level: IC1, uid: tes-night", "level: IC7, uid: tes-night",
		"codingShare: 20", "codingShare: lots",
	).Replace(small)
	_, err := ladder.Parse("craft.yaml", []byte(broken))
	var findings ladder.Findings
	require.ErrorAs(t, err, &findings)
	require.Equal(t, []string{
		`craft.yaml:3:10: version "1.0" is not well formed (write three numbers such as 2.3.0)`,
		`craft.yaml:5:5: kind "engineers" of track IC is unknown (write ic or management)`,
		`craft.yaml:9:10: IC1 leads to "IC9", which does not exist (name a level of this ladder)`,
		`craft.yaml:10:10: "summary" is missing (add it: summary: …)`,
		`craft.yaml:10:10: IC1 and IC2 have the same ordinal 1 (give each level of a track its own height)`,
		`craft.yaml:10:10: IC2 and M1 are equivalent, but their heights are 1 and 2 (give both the same ordinal)`,
		`craft.yaml:10:62: unknown key "sumary" (did you mean "summary"?)`,
		`craft.yaml:15:122: "codingShare" must be a whole number from 0 to 1000 (write digits only)`,
		`craft.yaml:23:5: category "baking" does not exist (name one of the categories of this ladder)`,
		`craft.yaml:38:14: uid "tes-1" is used twice (give this point a uid of its own; never reuse an old one)`,
		`craft.yaml:50:15: level "IC7" does not exist (name a level of this ladder)`,
	}, strings.Split(findings.Error(), "\n"))
}

func TestParseReportsWrongForms(t *testing.T) {
	tests := map[string]struct{ old, new, want string }{
		"syntax":             {"name: Craft", "name: [Craft", "not valid YAML"},
		"list for text":      {"name: Craft", "name: [Craft]", `"name" must be a text`},
		"text for list":      {"examples: [Did so.]", "examples: Did so.", `"examples" must be a list`},
		"text for block":     {"{code: lead, name: Lead, note: For a while.}", "lead", "a block of keys is expected here"},
		"empty":              {"name: Craft", "name: ''", `"name" is missing`},
		"empty entry":        {"examples: [Did so.]", "examples: ['']", `an entry of "examples" is empty`},
		"flag":               {"writesReviews: true", "writesReviews: maybe", `"writesReviews" must be true or false`},
		"control characters": {"name: Craft", `name: "Cr\u0007aft"`, "characters that cannot be shown"},
		"duplicate key":      {"name: Craft", "name: Craft\nname: Draft", "not valid YAML"},
		"second document":    {"framework: craft", "framework: other\n---\nframework: craft", "more than one document"},
		"alias":              {"name: Craft", "name: *other", `"name" must be a text`},
		"no shape":           {", shape: {codingShare: 60, reportsMin: 0, reportsMax: 0, yearsMin: 3}", "", `"shape" is missing`},
		"one-sided":          {"equivalent: [IC2]", "equivalent: []", "not the other way round"},
		"same track":         {"equivalent: [M1]", "equivalent: [IC1]", "are on the same track"},
		"leads down":         {"equivalent: [M1]", "equivalent: [M1], next: [IC1]", "IC2 leads down to IC1"},
		"short scale":        {"  - {point: 3, key: exceeds, label: Exceeds, meaning: More}\n", "", "the scale has 3 points"},
		"scale order":        {"point: 2", "point: 7", "scale point 7 stands at place 2"},
		"reports":            {"reportsMin: 5", "reportsMin: 9", "reportsMin of M1 is above reportsMax"},
		"years":              {"yearsMax: 3", "yearsMax: 0", "yearsMin of IC1 is above yearsMax"},
		"cell twice":         {"level: M1\n", "level: IC1\n", `cell "IC1" is there twice`},
		"unknown level":      {"level: M1\n", "level: M9\n", `level "M9" does not exist`},
		"layer competency":   {"competency: testing", "competency: resting", `competency "resting" does not exist`},
		"technology twice":   {"[Go, Rust]", "[Go, Go]", `technology "Go" is there twice`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(small, test.old, test.new, 1)
			require.NotEqual(t, small, changed)
			_, err := ladder.Parse("craft.yaml", []byte(changed))
			require.ErrorContains(t, err, test.want)
		})
	}
	for _, text := range []string{"", "# nothing\n", "- a\n- b\n", strings.Repeat("x", ladder.MaxFileBytes+1), strings.Repeat("[\n", 9999), strings.Repeat("- ", 9999)} {
		_, err := ladder.Parse("craft.yaml", []byte(text))
		require.Error(t, err)
	}
}

func TestHashIgnoresLayout(t *testing.T) {
	loose := strings.ReplaceAll(small, "name: Craft\n", "# a comment\nname:   'Craft'\n")
	require.Equal(t, parse(t, small).Document.Hash(), parse(t, loose).Document.Hash())
	changed := strings.ReplaceAll(small, "every change.", "each change.")
	require.NotEqual(t, parse(t, small).Document.Hash(), parse(t, changed).Document.Hash())
	require.Len(t, parse(t, small).Document.Hash(), 64)
}

func TestLayerAddsItsPoints(t *testing.T) {
	document := parse(t, small).Document
	merged, ok := document.WithLayer("night")
	require.True(t, ok)
	require.Equal(t, "tes-night", merged.Competencies[0].Cell("IC1").Points[2].UID)
	require.Len(t, document.Competencies[0].Cell("IC1").Points, 2)
	_, ok = document.WithLayer("day")
	require.False(t, ok)
}

func TestLintFindsWhatIsHardToRate(t *testing.T) {
	require.Empty(t, parse(t, small).Lint())
	tests := map[string]struct{ old, new, want string }{
		"unobservable verb":   {"Makes room for testing", "Understands testing", `craft.yaml:43:14: "understands" cannot be observed`},
		"unobservable phrase": {"Makes room for testing", "Is familiar with testing", `"is familiar with" cannot be observed`},
		"loaded word":         {"Makes room for testing", "Is a testing ninja", `"ninja" does not fit everybody`},
		"no example":          {"examples: [Did so.]", "examples: []", "Testing at IC1 has no example"},
		"no anti-example":     {"antiExamples: [Did not.]", "antiExamples: []", "Testing at IC1 has no anti-example"},
		"near-duplicate":      {"Writes tests for every service of the team.", "Consistently writes tests for every change!", "differs from tes-1 of IC1"},
		"adds nothing":        {"Writes tests for every service of the team.", "Writes tests for every change.", "IC2 says nothing that IC1 does not say"},
		"duplicate":           {"uid: tes-2, text: Repairs broken tests on the same day.", "uid: tes-2, text: Writes tests for every change.", "says the same as tes-1"},
		"too long":            {"Makes room", strings.Repeat("Makes room ", 60), "is the most that people read"},
		"empty cell":          {"points:\n          - {uid: tes-5, text: Makes room for testing in each plan.}", "points: []", "Testing says nothing about M1"},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(small, test.old, test.new, 1)
			require.NotEqual(t, small, changed)
			findings := parse(t, changed).Lint()
			require.Len(t, findings, 1, findings.Error())
			require.Contains(t, findings[0].String(), test.want)
			require.NotEmpty(t, findings[0].Rule)
		})
	}
}

func TestExportRoundTrip(t *testing.T) {
	shipped, err := ladder.Shipped()
	require.NoError(t, err)
	for _, document := range []ladder.Document{parse(t, small).Document, shipped.Document} {
		content, err := ladder.Export(document)
		require.NoError(t, err)
		again := parse(t, string(content))
		require.Equal(t, document.Hash(), again.Document.Hash())
		twice, err := ladder.Export(again.Document)
		require.NoError(t, err)
		require.Equal(t, string(content), string(twice))
	}
}

func TestExportRoundTripsAwkwardTexts(t *testing.T) {
	document := parse(t, small).Document
	awkward := rapid.SampledFrom([]string{
		"true", "~", "null", "1.0", "0x1f", "1_000", "- a", "a: b", "a #b", "#", "*a", "&a", "!a", "%a", "@a", "`a", "{a}", "[a]", "a]", "'", "\"",
		"a'b", "\\", "\\n", "|", ">", ">-", "? a", ":", "a:", "2026-01-01", "é–…", "=", "<<", "---", "...", ",", "a, b", "𝄞", "yes", ".inf", "0o7", "a\u00a0b",
	})
	rapid.Check(t, func(t *rapid.T) {
		written := document
		text := strings.Join(rapid.SliceOfN(awkward, 1, 4).Draw(t, "words"), " ")
		written.Name, written.Summary = text, text
		written.Technologies = []ladder.TechnologyGroup{{Code: "x", Name: text, Items: []string{text}}}
		content, err := ladder.Export(written)
		require.NoError(t, err)
		again, err := ladder.Parse("craft.yaml", content)
		require.NoError(t, err, string(content))
		require.Equal(t, strings.Join(strings.Fields(text), " "), again.Document.Name)
		require.Equal(t, again.Document.Name, again.Document.Technologies[0].Items[0])
		require.Equal(t, again.Document.Name, again.Document.Summary)
	})
}

func FuzzParse(f *testing.F) {
	f.Add([]byte(small))
	f.Add([]byte("framework: a\nname: &x b\nversion: *x\n"))
	f.Add([]byte("tracks: {levels: [[[[]]]]}\n? a\n: b\n"))
	f.Fuzz(func(t *testing.T, content []byte) {
		source, err := ladder.Parse("f.yaml", content)
		if err != nil {
			require.NotEmpty(t, err.Error())
			return
		}
		written, err := ladder.Export(source.Document)
		require.NoError(t, err)
		again, err := ladder.Parse("g.yaml", written)
		require.NoError(t, err, string(written))
		require.Equal(t, source.Document.Hash(), again.Document.Hash())
	})
}
