package api_test

import (
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
)

// small is a ladder of two levels with its own scale.
const small = `framework: small
version: 1.0.0
tracks: [{code: T, levels: [{code: A}, {code: B}, {code: C}]}]
scales:
  stage: {points: [{key: new, value: 0}, {key: able, value: 2}, {key: deep, value: 5}]}
competencies:
  - code: testing
    descriptors:
      - at: {level: A}
        criteria: [{uid: test-a, text: Writes tests.}]
      - at: {level: B}
        narrative: Teaches testing.
  - code: writing
`

// begun is a draft that starts from a file.
func begun(t *testing.T, r *apptest.Rung, source string) (*apptest.Client, library.Draft) {
	t.Helper()
	owner := r.As(t, "owner")
	var draft library.Draft
	owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"source": source}, &draft)
	require.NotNil(t, draft.Document, "%+v", draft.Findings)
	return owner, draft
}

// reshaped sends an outline that differs from the draft's own by a change.
func reshaped(owner *apptest.Client, draft *library.Draft, change func(*ladder.Outline)) {
	out := outline(*draft)
	change(&out)
	owner.Send(http.MethodPut, draftPath(*draft, "/outline"), draft.Version, out, draft)
}

// refusedAt are the messages of a refused outline, by the field they are about.
func refusedAt(t *testing.T, owner *apptest.Client, draft library.Draft, change func(*ladder.Outline)) map[string]string {
	t.Helper()
	out := outline(draft)
	change(&out)
	answer := owner.Try(http.MethodPut, draftPath(draft, "/outline"), draft.Version, out)
	require.Equal(t, http.StatusUnprocessableEntity, answer.Status, answer.Text())
	var p struct {
		Errors []struct{ Pointer, Message string }
	}
	answer.Into(t, &p)
	found := map[string]string{}
	for _, e := range p.Errors {
		found[e.Pointer] = e.Message
	}
	return found
}

func TestEveryPublishedShapeSurvivesItsOutline(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		files, err := filepath.Glob("../../domain/ladder/testdata/*.yaml")
		require.NoError(t, err)
		require.NotEmpty(t, files)
		for _, file := range files {
			content, err := os.ReadFile(file)
			require.NoError(t, err)
			owner, draft := begun(t, r, string(content))
			before := draft.Source
			reshaped(owner, &draft, func(*ladder.Outline) {})
			require.Equal(t, before, draft.Source, file)
		}
	})
}

func TestEveryPartOfALadderIsWrittenWithoutTheFile(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := begun(t, r, small)
		language := "en"
		reshaped(owner, &draft, func(o *ladder.Outline) {
			o.Language = &language
			o.Modifiers = []ladder.Modifier{{Key: "early", Label: "Early", Meaning: "New at the level."}}
			o.Tracks[0].Levels[1].Modifiers = []string{"early"}
			o.Archetypes = []ladder.Archetype{{Code: "solver", Name: "Solver", Levels: []string{"B", "C"}}}
			o.Rule = &ladder.Rule{Type: ladder.Points, Levels: []string{"A", "C"}, Thresholds: []float64{0, 7}}
			o.Technologies = []ladder.Technologies{{Code: "data", Name: "Data", Items: []string{"PostgreSQL"}}}
			o.Designations = []ladder.Designation{{Code: "tech-lead", Name: "Tech lead"}}
			o.Translations = []ladder.Translation{{Locale: "de", Of: "test-a", Text: "Schreibt Tests."}, {Locale: "de", Of: "competencies/testing/B/narrative", Text: "Lehrt Testen."}}
		})
		require.NotNil(t, draft.Rubric, "%+v", draft.Findings)
		require.Equal(t, []string{"early"}, draft.Rubric.Levels()[1].Modifiers)
		require.Equal(t, []float64{0, 7}, draft.Rubric.Rule.Thresholds)

		full := draft.Source
		older := ladder.Outline{Version: draft.Document.Version, Competencies: outline(draft).Competencies}
		owner.Send(http.MethodPut, draftPath(draft, "/outline"), draft.Version, older, &draft)
		require.Equal(t, full, draft.Source, "what a program does not send stays")

		reshaped(owner, &draft, func(o *ladder.Outline) {
			o.Modifiers, o.Archetypes, o.Technologies, o.Designations = []ladder.Modifier{}, []ladder.Archetype{}, []ladder.Technologies{}, []ladder.Designation{}
			o.Translations, o.Rule = []ladder.Translation{}, &ladder.Rule{}
		})
		for _, gone := range []string{"early", "solver", "rule", "PostgreSQL", "tech-lead", "translations"} {
			require.NotContains(t, draft.Source, gone, "what is sent empty goes")
		}
	})
}

func TestWhatHungOnAPartGoesWithIt(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := begun(t, r, small+`    descriptors: [{at: {level: B, archetype: solver}, narrative: Writes what others act on.}]
archetypes: [{code: solver, name: Solver, levels: [B, C]}, {code: guide, name: Guide, levels: [B, C]}]
modifiers: [{key: early, label: Early}]
rule: {type: points, thresholds: [0, 4, 9], levels: [A, B, C]}
translations:
  - {locale: de, of: test-a, text: Schreibt Tests.}
  - {locale: de, of: scales/stage/deep/label, text: Tief}
  - {locale: de, of: modifiers/early/label, text: Am Anfang}
  - {locale: de, of: competencies/writing/B/solver/narrative, text: Schreibt.}
  - {locale: de, of: competencies/testing/B/narrative, text: Lehrt Testen.}
`)
		reshaped(owner, &draft, func(o *ladder.Outline) {
			o.Archetypes = o.Archetypes[1:]
			o.Modifiers = []ladder.Modifier{}
			o.Scales["stage"] = ladder.Scale{Points: o.Scales["stage"].Points[:2]}
		})
		require.Len(t, draft.Document.Translations, 2, "texts that are gone are not translated")
		require.Empty(t, draft.Document.Competencies[1].Descriptors, "nobody fills the level that way any longer")

		owner.Send(http.MethodPut, draftPath(draft, "/cells/testing/A"), draft.Version, map[string]any{"criteria": []any{}}, &draft)
		require.Len(t, draft.Document.Translations, 1, "a sentence goes with its translation")

		drop := func(o *ladder.Outline) { o.Tracks[0].Levels = o.Tracks[0].Levels[:2] }
		found := refusedAt(t, owner, draft, drop)
		require.Contains(t, found["/rule/levels/2"], `level "C" does not exist`, "a threshold is somebody's decision")
		reshaped(owner, &draft, func(o *ladder.Outline) {
			drop(o)
			o.Rule.Levels, o.Rule.Thresholds = o.Rule.Levels[:2], o.Rule.Thresholds[:2]
		})
		require.Equal(t, []string{"B"}, draft.Rubric.Archetypes[0].Levels)
	})
}

func TestAnOutlineIsRefusedByField(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := begun(t, r, small)
		found := refusedAt(t, owner, draft, func(o *ladder.Outline) {
			layer, team := ladder.Layer("galaxy"), "<script>"
			o.Layer, o.Team = &layer, &team
			o.Modifiers = []ladder.Modifier{{Key: "early"}}
			o.Rule = &ladder.Rule{Type: ladder.Count, Counts: []ladder.Counting{{Level: "A", Any: []ladder.Way{}}}}
			o.Layers = []ladder.LayerRef{{From: "No Slug"}}
			o.Translations = []ladder.Translation{{Locale: "de", Of: "name", Text: ""}}
		})
		require.Contains(t, found["/team"], "HTML")

		found = refusedAt(t, owner, draft, func(o *ladder.Outline) {
			layer := ladder.Layer("galaxy")
			o.Layer = &layer
			o.Modifiers = []ladder.Modifier{{Key: "early"}}
			o.Rule = &ladder.Rule{Type: ladder.Count, Counts: []ladder.Counting{{Level: "A", Any: []ladder.Way{}}}}
			o.Layers = []ladder.LayerRef{{From: "No Slug"}}
			o.Translations = []ladder.Translation{{Locale: "de", Of: "name", Text: ""}}
		})
		for _, field := range []string{"/layer", "/modifiers/0/label", "/rule/counts/0/any", "/layers/0/from", "/translations/0/text"} {
			require.Contains(t, found, field, "all errors at once")
		}

		found = refusedAt(t, owner, draft, func(o *ladder.Outline) {
			o.Modifiers = []ladder.Modifier{{Key: "early", Label: "Early"}, {Key: "early", Label: "Again"}}
			o.Rule = &ladder.Rule{Type: ladder.Average, Without: []string{"never"}, Weights: []ladder.TrackWeight{{Competency: "cooking", Weight: 1}}}
			o.Translations = []ladder.Translation{{Locale: "de", Of: "competencies/testing/A/solver/narrative", Text: "Löst."}}
		})
		for _, field := range []string{"/modifiers/1", "/rule", "/rule/without/0", "/rule/weights/0/competency", "/translations/0/of"} {
			require.Contains(t, found, field)
		}
	})
}

// What a ladder is built on may be fixed later: it is kept, and reported at its
// place.
func TestALayerThatDoesNotHoldIsToldAtItsPlace(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := begun(t, r, small)
		reshaped(owner, &draft, func(o *ladder.Outline) {
			o.Layers = []ladder.LayerRef{{From: "backend-engineering@^99"}, {From: "small"}}
		})
		require.Nil(t, draft.Rubric)
		require.NotNil(t, draft.Document, "it can still be fixed in the forms")
		pointers := map[string]string{}
		for _, f := range draft.Findings {
			pointers[f.Pointer] = f.Message
		}
		require.Contains(t, pointers["/layers/0/from"], "no published version")
		require.Contains(t, pointers["/layers/1/from"], "lead back to small")
		reshaped(owner, &draft, func(o *ladder.Outline) { o.Layers = []ladder.LayerRef{} })
		require.NotNil(t, draft.Rubric)
	})
}
