package ladder_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/internal/domain/ladder"
)

const small = `framework: craft
name: Craft
version: 1.0.0
tracks:
  - code: IC
    name: Engineers
    kind: ic
    levels:
      - {code: IC1, title: One, summary: First, next: [IC2], shape: {codingShare: 80, reportsMin: 0, reportsMax: 0, yearsMin: 1, yearsMax: 3}}
      - {code: IC2, title: Two, ordinal: 2, summary: Second, equivalent: [M1], shape: {codingShare: 60, reportsMin: 0, reportsMax: 0, yearsMin: 3}}
  - code: M
    name: Managers
    kind: management
    levels:
      - {code: M1, title: Manager, summary: Leads, shape: {codingShare: 20, reportsMin: 5, reportsMax: 8, writesReviews: true}}
categories: [{code: making, name: Making}]
scales:
  shown: {meets: met, points: [{key: none}, {key: partly}, {key: met}, {key: exceeds}]}
competencies:
  - code: testing
    name: Testing
    short: Tests
    category: making
    description: Tests things.
    descriptors:
      - at: {level: IC1}
        criteria:
          - {uid: tes-1, text: Writes tests for every change.}
          - {uid: tes-2, text: Repairs broken tests on the same day.}
          - {uid: tes-1e, kind: example, text: Did so.}
          - {uid: tes-1a, kind: anti-example, text: Did not.}
      - at: {level: IC2}
        criteria:
          - {uid: tes-3, text: Writes tests for every service of the team.}
          - {uid: tes-4, text: Repairs broken tests on the same day.}
          - {uid: tes-3e, kind: example, text: Did so again.}
          - {uid: tes-3a, kind: anti-example, text: Did not again.}
      - at: {level: M1}
        criteria:
          - {uid: tes-5, text: Makes room for testing in each plan.}
          - {uid: tes-5e, kind: example, text: Did so.}
          - {uid: tes-5a, kind: anti-example, text: Did not.}
technologies: [{code: languages, name: Languages, items: [Go, Rust]}]
designations: [{code: lead, name: Lead, note: For a while.}]
`

func TestParseReadsEverything(t *testing.T) {
	rubric := parse(t, small).Document.Rubric()
	require.Equal(t, "craft", rubric.Framework)
	require.Len(t, rubric.Levels(), 3)
	level, track, ok := rubric.Level("M1")
	require.True(t, ok)
	require.Equal(t, "M", track)
	require.True(t, level.Shape.WritesReviews)
	require.Nil(t, level.Shape.YearsMin)
	require.Equal(t, []string{"IC2"}, level.Equivalent)
	require.Equal(t, 2, level.Ordinal, "as high as its equivalent")
	testing, ok := rubric.Competency("testing")
	require.True(t, ok)
	require.Equal(t, "tes-5", testing.Cell("M1").Points[0].UID)
	require.Equal(t, 2, testing.Needs("M1"))
	_, ok = rubric.Competency("flying")
	require.False(t, ok)
	_, _, ok = rubric.Level("IC9")
	require.False(t, ok)
}

func findings(t *testing.T, text string) []string {
	t.Helper()
	_, err := ladder.Parse("craft.yaml", []byte(text))
	var found ladder.Findings
	require.ErrorAs(t, err, &found)
	return strings.Split(found.Error(), "\n")
}

func TestParseReportsAllErrorsOfFormWithTheirPlace(t *testing.T) {
	require.Equal(t, []string{
		`craft.yaml:3:10: "version" is not well formed: "1.0.x" (write three numbers such as 2.3.0)`,
		`craft.yaml:7:11: "kind" cannot be "engineers" (use one of: ic, management, hybrid)`,
		`craft.yaml:10:48: unknown key "sumary" (did you mean "summary"?)`,
		`craft.yaml:15:73: "codingShare" must be a whole number (write digits only)`,
		`craft.yaml:26:9: "at" is missing (add it: at: …)`,
		`craft.yaml:26:9: unknown key "att" (did you mean "at"?)`,
	}, findings(t, strings.NewReplacer(
		"version: 1.0.0", "version: 1.0.x",
		"kind: ic", "kind: engineers",
		"ordinal: 2, summary: Second", "ordinal: 2,    sumary: Second",
		"codingShare: 20", "codingShare: lots",
		"at: {level: IC1}", "att: {level: IC1}",
	).Replace(small)))
}

func TestParseReportsAllBrokenRulesWithTheirPlace(t *testing.T) {
	require.Equal(t, []string{
		`craft.yaml:9:56: IC1 leads to "IC9", which does not exist (name a level of this ladder)`,
		`craft.yaml:10:9: IC1 and IC2 have the same ordinal 1 (give each level of a track its own height)`,
		`craft.yaml:23:15: category "baking" does not exist (name one of the categories of this ladder)`,
		`craft.yaml:35:19: uid "tes-1" is used twice (give it a uid of its own; never reuse an old one)`,
		`craft.yaml:38:21: level "M7" does not exist (name a level of this ladder)`,
	}, findings(t, strings.NewReplacer(
		"next: [IC2]", "next: [IC9]",
		"ordinal: 2", "ordinal: 1",
		"category: making", "category: baking",
		"uid: tes-4", "uid: tes-1",
		"level: M1", "level: M7",
	).Replace(small)))
}

func TestParseReportsWrongForms(t *testing.T) {
	tests := map[string]struct{ old, new, want string }{
		"syntax":             {"name: Craft", "name: [Craft", "not valid YAML"},
		"list for text":      {"name: Craft", "name: [Craft]", `"name" must be a text`},
		"text for list":      {"items: [Go, Rust]", "items: Go", `"items" must be a list`},
		"text for block":     {"{code: lead, name: Lead, note: For a while.}", "lead", `"designations" must be a block of keys`},
		"empty":              {"name: Craft", "name: ''", `"name" is empty`},
		"flag":               {"writesReviews: true", "writesReviews: maybe", `"writesReviews" must be true or false`},
		"control characters": {"name: Craft", `name: "Cr\u0007aft"`, "an invisible character (U+0007)"},
		"zero width":         {"name: Craft", "name: Cr\u200baft", "an invisible character (U+200B)"},
		"bidi override":      {"name: Craft", "name: Cr\u202eaft", "an invisible character (U+202E)"},
		"script":             {"Tests things.", "Tests <script>alert(1)</script>", "the text has HTML (<script>)"},
		"image":              {"Tests things.", `Tests <img src=x onerror=alert(1)>`, "the text has HTML (<img>)"},
		"script link":        {"Tests things.", `"[Tests](JavaScript:alert(1))"`, "a link that runs a script"},
		"duplicate key":      {"name: Craft", "name: Craft\nname: Draft", `the key "name" is repeated`},
		"second document":    {"framework: craft", "framework: other\n---\nframework: craft", "more than one document"},
		"alias":              {"name: Craft", "name: &a Craft\nsummary: *a", "anchors and aliases are not supported"},
		"merge key":          {"name: Craft", "name: Craft\n<<: {summary: x}", "a key must be a plain word"},
		"same track":         {"equivalent: [M1]", "equivalent: [IC1]", "are on the same track"},
		"uneven equivalents": {"{code: M1,", "{code: M1, ordinal: 7,", "are equivalent, but their heights are 2 and 7"},
		"leads down":         {"equivalent: [M1]", "equivalent: [M1], next: [IC1]", "IC2 leads down to IC1"},
		"scale point twice":  {"{key: partly}", "{key: met}", `scale point "met" is repeated`},
		"falling values":     {"{key: none}, {key: partly}", "{key: none, value: 2}, {key: partly, value: 1}", "the value of partly is below"},
		"reports":            {"reportsMin: 5", "reportsMin: 9", "reportsMin of M1 is above reportsMax"},
		"years":              {"yearsMax: 3", "yearsMax: 0", "yearsMin of IC1 is above yearsMax"},
		"cell twice":         {"level: M1", "level: IC1", `this place of "testing" is described twice`},
		"technology twice":   {"[Go, Rust]", "[Go, Go]", `technology "Go" is repeated`},
		"expectation":        {"technologies:", "expectations: [{level: IC1, competency: testing, min: perfect}]\ntechnologies:", `"perfect" is not a point of the scale of testing`},
		"two expectations":   {"technologies:", "expectations: [{level: IC1, competency: testing, min: met}, {level: IC1, competency: testing, min: partly}]\ntechnologies:", "is expected twice"},
		"selector":           {"name: Testing", "name: Testing\n    appliesTo: level about IC1", `"level about IC1" is not a condition`},
		"empty selector":     {"name: Testing", "name: Testing\n    appliesTo: level > IC2", "picks no level at all"},
		"category ring":      {"[{code: making, name: Making}]", "[{code: making, parent: other}, {code: other, parent: making}]", `category "making" is inside itself`},
		"thresholds":         {"technologies:", "rule: {type: points, thresholds: [0, 0], levels: [IC1, IC2]}\ntechnologies:", "threshold 0 does not rise above 0"},
		"too few thresholds": {"technologies:", "rule: {type: points, thresholds: [0], levels: [IC1, IC2]}\ntechnologies:", "there are 1 thresholds for 2 levels"},
		"weightless":         {"technologies:", "rule: {type: average, above: 1, weights: [{competency: testing, weight: 0}]}\ntechnologies:", "all weights are 0"},
		"negative weight":    {"technologies:", "rule: {type: average, above: 1, weights: [{competency: testing, weight: -1}]}\ntechnologies:", `"weight" must be at least 0`},
		"translation":        {"technologies:", "translations: [{locale: de, of: nobody, text: Niemand}]\ntechnologies:", `there is no text "nobody"`},
		"translated level":   {"technologies:", "translations: [{locale: de, of: levels/IC4/shape, text: Form}]\ntechnologies:", `there is no text "levels/IC4/shape"`},
		"translated prose":   {"technologies:", "translations: [{locale: de, of: competencies/mentoring/IC99/narrative, text: Prosa}]\ntechnologies:", `there is no text "competencies/mentoring/IC99/narrative"`},
		"translated point":   {"technologies:", "translations: [{locale: de, of: scales/none/met/label, text: Erreicht}]\ntechnologies:", `there is no text "scales/none/met/label"`},
		"huge cell":          {"Writes tests for every change.", strings.Repeat("x", 2001), `"text" has 2001 characters; the most is 2000`},
	}
	for name, test := range tests {
		t.Run(name, func(t *testing.T) {
			changed := strings.Replace(small, test.old, test.new, 1)
			require.NotEqual(t, small, changed)
			_, err := ladder.Parse("craft.yaml", []byte(changed))
			require.ErrorContains(t, err, test.want)
			require.Regexp(t, `^craft.yaml:\d+:\d+: `, err.Error())
		})
	}
	for _, word := range []string{"می\u200cخواهم", "👩\u200d💻", "עוזר"} {
		_, err := ladder.Parse("craft.yaml", []byte(strings.Replace(small, "name: Craft", "name: "+word, 1)))
		require.NoError(t, err, "scripts that join their letters are read")
	}
	_, err := ladder.Parse("craft.yaml", []byte(strings.Replace(small, "Tests things.", strings.Repeat("x", 10<<20), 1)))
	line := 1 + strings.Count(small[:strings.Index(small, "Tests things.")], "\n")
	require.ErrorContains(t, err, fmt.Sprintf("craft.yaml:%d:1: the file is too large", line))
	bombs := []string{
		"", "# nothing\n", "- a\n- b\n", "\xff\xfe", strings.Repeat("x", ladder.MaxFileBytes+1), strings.Repeat("[\n", 9999), strings.Repeat("- ", 9999),
		strings.Repeat(" ", 100) + strings.Repeat("? ", 9999), "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]\n", strings.Repeat("a:\n ", 99999),
		small + "summary: '" + strings.Repeat("x", 10<<20) + "'\n",
	}
	for _, text := range bombs {
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

func TestLintFindsWhatIsHardToRate(t *testing.T) {
	require.Empty(t, parse(t, small).Lint())
	tests := map[string]struct{ old, new, want string }{
		"unobservable verb":   {"Makes room for testing", "Understands testing", `craft.yaml:40:13: "understands" cannot be observed`},
		"unobservable phrase": {"Makes room for testing", "Is familiar with testing", `"is familiar with" cannot be observed`},
		"loaded word":         {"Makes room for testing", "Is a testing ninja", `"ninja" excludes people or is hard to understand`},
		"no example":          {"- {uid: tes-1e, kind: example, text: Did so.}", "", "Testing at IC1 has no example"},
		"no anti-example":     {"- {uid: tes-1a, kind: anti-example, text: Did not.}", "", "Testing at IC1 has no anti-example"},
		"near-duplicate":      {"Writes tests for every service of the team.", "Consistently writes tests for every change!", "differs from tes-1 of IC1"},
		"adds nothing":        {"Writes tests for every service of the team.", "Writes tests for every change.", "IC2 says nothing that IC1 does not say"},
		"duplicate":           {"uid: tes-2, text: Repairs broken tests on the same day.", "uid: tes-2, text: Writes tests for every change.", "says the same as tes-1"},
		"too long":            {"Makes room", strings.Repeat("Makes room ", 60), "people read at most 120"},
		"empty cell":          {"- {uid: tes-5, text: Makes room for testing in each plan.}", "", "craft.yaml:38:9: Testing says nothing about M1"},
		"falling expectation": {"technologies:", "expectations: [{level: IC1, competency: testing, min: met}, {level: IC2, competency: testing, min: partly}]\ntechnologies:", "craft.yaml:43:61: IC2 expects less of Testing than IC1"},
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

func TestLintFindsUnevenJumps(t *testing.T) {
	document := parse(t, small).Document
	levels := []ladder.Level{{Code: "A"}, {Code: "B"}, {Code: "C"}, {Code: "D"}}
	document.Tracks, document.Technologies = []ladder.Track{{Code: "IC", Levels: levels}}, nil
	entry := ladder.Entry{Code: "testing"}
	for i, words := range []int{5, 5, 50, 5} {
		entry.Descriptors = append(entry.Descriptors, ladder.Descriptor{
			At: ladder.Anchor{Level: levels[i].Code}, Criteria: []ladder.Criterion{{UID: levels[i].Code, Text: strings.Repeat(levels[i].Code+"x ", words)}},
		})
	}
	document.Competencies = []ladder.Entry{entry}
	findings := ladder.Lint(document)
	require.Contains(t, findings.Error(), "C adds 50 words; the usual step adds 5")
	require.NotContains(t, findings.Error(), "D adds")
}

func TestExportRoundTripsAwkwardTexts(t *testing.T) {
	document := parse(t, small).Document
	awkward := rapid.SampledFrom([]string{
		"true", "~", "null", "1.0", "0x1f", "1_000", "- a", "a: b", "a #b", "#", "*a", "&a", "!a", "%a", "@a", "\x60a", "{a}", "[a]", "a]", "'", "\"",
		"a'b", "\\", "\\n", "|", ">", ">-", "? a", ":", "a:", "2026-01-01", "é–…", "=", "<<", "---", "...", ",", "a, b", "𝄞", "yes", ".inf", "0o7",
		"List<String>", "<200ms",
	})
	rapid.Check(t, func(t *rapid.T) {
		written := document
		text := strings.Join(rapid.SliceOfN(awkward, 1, 4).Draw(t, "words"), " ")
		written.Name, written.Summary, written.Changes = text, text, text+"\n\n"+text
		written.Technologies = []ladder.Technologies{{Code: "x", Name: text, Items: []string{text}}}
		content, err := ladder.Export(written)
		require.NoError(t, err)
		again, err := ladder.Parse("craft.yaml", content)
		require.NoError(t, err, string(content))
		require.Equal(t, written.Name, again.Document.Name)
		require.Equal(t, written.Changes, again.Document.Changes)
		require.Equal(t, again.Document.Name, again.Document.Technologies[0].Items[0])
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
		require.NotEmpty(t, source.Document.Rubric().Version)
		for _, finding := range source.Lint() {
			require.NotEmpty(t, finding.Rule)
		}
		written, err := source.Canonical()
		require.NoError(t, err)
		again, err := ladder.Parse("g.yaml", written)
		require.NoError(t, err, string(written))
		require.Equal(t, source.Document.Hash(), again.Document.Hash())
	})
}
