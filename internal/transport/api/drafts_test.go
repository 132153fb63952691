package api_test

import (
	"net/http"
	"os"
	"strings"
	"testing"

	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/domain/ladder/library"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func draftPath(d library.Draft, rest string) string { return "/ladder-drafts/" + d.ID.String() + rest }

// started starts a draft of the shipped ladder as its owner.
func started(t *testing.T, r *apptest.Rung) (*apptest.Client, library.Draft) {
	t.Helper()
	owner := r.As(t, "owner")
	var draft library.Draft
	owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"slug": "backend-engineering"}, &draft)
	return owner, draft
}

func wordsOf(d library.Draft, competency, level string) []string {
	c, _ := d.Rubric.Competency(competency)
	out := []string{}
	for _, p := range c.Cell(level).Points {
		out = append(out, p.Text)
	}
	return out
}

func edited(d library.Draft, competency, level string, change func([]map[string]any) []map[string]any) map[string]any {
	entry, _ := d.Document.Entry(competency)
	criteria := []map[string]any{}
	for _, descriptor := range entry.Descriptors {
		if descriptor.At.Level == level {
			for _, c := range descriptor.Criteria {
				criteria = append(criteria, map[string]any{"uid": c.UID, "text": c.Text, "kind": c.Kind})
			}
		}
	}
	return map[string]any{"criteria": change(criteria)}
}

func problemOf(t *testing.T, a apptest.Answer) (code, text string) {
	t.Helper()
	var p struct{ Code, Detail string }
	a.Into(t, &p)
	return p.Code, a.Text()
}

func TestADraftFromFirstWordToPublished(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := started(t, r)
		require.Equal(t, "2.3.0", draft.BaseVersion)
		require.Empty(t, draft.Findings, "the shipped ladder is clean")
		require.True(t, draft.CanEdit)
		code, _ := problemOf(t, owner.Try(http.MethodPost, "/ladder-drafts", -1, map[string]any{"slug": "backend-engineering"}))
		require.Equal(t, "draft_open", code, "a ladder has one draft at a time")

		body := edited(draft, "system-design", "IC4", func(c []map[string]any) []map[string]any {
			c[0]["text"] = "Designs a service end to end and explains its trade-offs in a design document that others find."
			return append(c, map[string]any{"uid": "", "text": "Names what a design leaves out."})
		})
		owner.Send(http.MethodPut, draftPath(draft, "/cells/system-design/IC4"), draft.Version, body, &draft)
		require.Len(t, wordsOf(draft, "system-design", "IC4"), 4)
		require.Equal(t, http.StatusPreconditionFailed, owner.Try(http.MethodPut, draftPath(draft, "/cells/system-design/IC4"), draft.Version-1, body).Status)

		var changes library.DraftChanges
		owner.Get(draftPath(draft, "/changes"), &changes)
		require.Equal(t, ladder.Minor, changes.Step)
		require.Equal(t, "2.4.0", changes.Proposed)
		require.Equal(t, 1, changes.Counts[ladder.MoveNew])
		require.Equal(t, 1, changes.Counts[ladder.MoveEdited])
		require.Len(t, changes.Competencies, 1)
		require.NotZero(t, changes.Affected.Assessments)
		require.NotZero(t, changes.Affected.Cases)
		require.Greater(t, changes.Affected.People, 50)

		code, text := problemOf(t, owner.Try(http.MethodPost, draftPath(draft, "/review"), draft.Version, nil))
		require.Equal(t, "invalid", code)
		require.Contains(t, text, "version 2.3.0 does not come after 2.3.0")
		owner.Send(http.MethodPut, draftPath(draft, "/source"), draft.Version, map[string]any{"source": strings.Replace(draft.Source, "version: 2.3.0", "version: 2.4.0", 1)}, &draft)

		engineer := r.As(t, "engineer")
		require.Equal(t, http.StatusNotFound, engineer.Do(http.MethodGet, "/api/v1"+draftPath(draft, ""), nil, nil).Status, "a draft is its owners' alone")
		owner.Send(http.MethodPost, draftPath(draft, "/review"), draft.Version, nil, &draft)
		require.Equal(t, "review", draft.State)
		require.False(t, draft.CanApprove)
		code, _ = problemOf(t, owner.Try(http.MethodPut, draftPath(draft, "/source"), draft.Version, map[string]any{"source": "x"}))
		require.Equal(t, "in_review", code)

		var seen library.DraftChanges
		engineer.Get(draftPath(draft, "/changes"), &seen)
		require.Equal(t, ladder.Minor, seen.Step)
		require.Nil(t, seen.Affected, "a count of cases tells of people")
		engineer.Send(http.MethodPost, draftPath(draft, "/comments"), -1, map[string]any{"competency": "system-design", "level": "IC4", "text": "Say where others look for it."}, &draft)
		require.Equal(t, "Say where others look for it.", draft.Comments[0].Text)
		owner.Send(http.MethodPost, draftPath(draft, "/comments/"+draft.Comments[0].ID.String()+"/resolution"), -1, nil, &draft)
		require.NotNil(t, draft.Comments[0].ResolvedAt)

		from := map[string]any{"effectiveFrom": "2026-11-24"}
		require.Equal(t, http.StatusForbidden, owner.Try(http.MethodPost, draftPath(draft, "/approval"), draft.Version, from).Status, "a second person approves")
		hr := r.As(t, "hr")
		require.Equal(t, http.StatusUnprocessableEntity, hr.Try(http.MethodPost, draftPath(draft, "/approval"), draft.Version, map[string]any{"effectiveFrom": "2026-11-23"}).Status)
		var brief library.Brief
		hr.Send(http.MethodPost, draftPath(draft, "/approval"), draft.Version, from, &brief)
		require.Equal(t, "2.4.0", brief.Version)

		var versions struct{ Items []library.VersionRow }
		engineer.Get("/ladders/backend-engineering/versions", &versions)
		require.Equal(t, "in_force", versions.Items[0].State)
		require.Equal(t, "retired", versions.Items[1].State)
		var diff ladder.VersionDiff
		engineer.Get("/ladders/backend-engineering/changes?from=2.3.0", &diff)
		require.Equal(t, ladder.Minor, diff.Step)
		n, err := r.App.Store.Read().AuditEvent.Query().Where(auditevent.ResourceID(draft.ID)).Count(apptest.System)
		require.NoError(t, err)
		require.Equal(t, 6, n, "begun, edited twice, reviewed, commented, dealt with")
	})
}

func TestADraftWithErrorsKeepsEveryWord(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := started(t, r)
		owner.Send(http.MethodPut, draftPath(draft, "/source"), draft.Version, map[string]any{"source": "framework: [\n# my notes\n"}, &draft)
		require.Equal(t, "framework: [\n# my notes\n", draft.Source)
		require.Equal(t, "error", draft.Findings[0].Level)
		require.Nil(t, draft.Document)
		code, _ := problemOf(t, owner.Try(http.MethodPut, draftPath(draft, "/cells/system-design/IC4"), draft.Version, map[string]any{"criteria": []any{}}))
		require.Equal(t, "draft_broken", code)
		code, _ = problemOf(t, owner.Try(http.MethodDelete, draftPath(draft, "/review"), draft.Version, nil))
		require.Equal(t, "wrong_state", code, "it is not in review, and nobody else changed it")
		require.Equal(t, http.StatusUnprocessableEntity, owner.Try(http.MethodPost, draftPath(draft, "/review"), draft.Version, nil).Status)
		require.Equal(t, http.StatusNoContent, owner.Try(http.MethodDelete, draftPath(draft, ""), draft.Version, nil).Status)
		owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"slug": "backend-engineering"}, &draft)
		require.Equal(t, "2.3.0", draft.BaseVersion)
	})
}

// A uid that meant something once is never used for something else.
func TestAUidIsNeverReused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		publish := func(version, uid, text string) {
			_, err := r.App.Services.Ladders.Publish(apptest.System, "f.yaml", []byte("framework: small\nversion: "+version+"\ntracks: [{code: T, levels: [{code: A}]}]\ncompetencies:\n  - code: c\n    descriptors: [{at: {level: A}, criteria: [{uid: "+uid+", text: "+text+"}]}]\n"), "2026-01-01")
			require.NoError(t, err)
		}
		publish("1.0.0", "c-1", "Once.")
		publish("2.0.0", "c-2", "Other.")
		owner := r.As(t, "owner")
		var draft library.Draft
		owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"slug": "small"}, &draft)
		owner.Send(http.MethodPut, draftPath(draft, "/source"), draft.Version, map[string]any{"source": strings.NewReplacer("2.0.0", "3.0.0", "c-2", "c-1").Replace(draft.Source)}, &draft)
		_, text := problemOf(t, owner.Try(http.MethodPost, draftPath(draft, "/review"), draft.Version, nil))
		require.Contains(t, text, `uid \"c-1\" was used in version 1.0.0 for another sentence`)
	})
}

func TestATableBecomesADraft(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner := r.As(t, "owner")
		var out struct {
			Mapping map[string]any
			Source  string
			Issues  []struct{ Message string }
			Levels  int
		}
		body := map[string]any{"fileName": "skills.csv", "content": []byte("Skill,L1,L2\nTesting,Writes tests.,Teaches testing.\ntesting,Again.,Again.\n")}
		owner.Send(http.MethodPost, "/ladder-drafts/conversion", -1, body, &out)
		require.Contains(t, out.Issues[0].Message, "are the same competency")
		require.Empty(t, out.Source)
		body["content"] = []byte("Skill,L1,L2\nTesting,Writes tests.,Teaches testing.\n")
		owner.Send(http.MethodPost, "/ladder-drafts/conversion", -1, body, &out)
		require.Empty(t, out.Issues)
		out.Mapping["name"] = "Quality"
		out.Mapping["framework"] = "quality"
		body["mapping"] = out.Mapping
		owner.Send(http.MethodPost, "/ladder-drafts/conversion", -1, body, &out)
		var draft library.Draft
		owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"source": out.Source}, &draft)
		require.Equal(t, "quality", draft.Slug)
		require.Equal(t, []string{"Teaches testing."}, wordsOf(draft, "testing", "L2"))

		body = map[string]any{"fileName": "one.md", "content": []byte("- Writes tests.\n"), "more": []any{
			map[string]any{"fileName": "two.md", "content": []byte("- Teaches testing.\n"), "level": "Star"},
		}}
		var several struct {
			Summary struct {
				Files []struct{ Name, Level string }
			}
			Levels int
			Source string
		}
		owner.Send(http.MethodPost, "/ladder-drafts/conversion", -1, body, &several)
		require.Equal(t, []struct{ Name, Level string }{{"one.md", "one"}, {"two.md", "Star"}}, several.Summary.Files)
		require.Equal(t, 2, several.Levels)
		require.Contains(t, several.Source, "Teaches testing.")
	})
}

// outline is what a draft's document says without its sentences, in the form that
// is sent.
func outline(d library.Draft) ladder.Outline {
	doc := d.Document
	out := ladder.Outline{
		Name: &doc.Name, Version: doc.Version, Summary: &doc.Summary, Changes: &doc.Changes, Language: &doc.Language,
		Layer: &doc.Layer, Discipline: &doc.Discipline, Team: &doc.Team, Layers: doc.Layers,
		Tracks: doc.Tracks, Categories: doc.Categories, Scales: doc.Scales, Rating: &doc.Rating, Expectations: doc.Expectations,
		Modifiers: doc.Modifiers, Archetypes: doc.Archetypes, Rule: doc.Rule,
		Technologies: doc.Technologies, Designations: doc.Designations, Translations: doc.Translations, Competencies: []ladder.Heading{},
	}
	for t := range out.Tracks {
		for i := range out.Tracks[t].Levels {
			level := &out.Tracks[t].Levels[i]
			level.Equivalent, level.Next = append([]string{}, level.Equivalent...), append([]string{}, level.Next...)
		}
	}
	for _, e := range doc.Competencies {
		out.Competencies = append(out.Competencies, ladder.Heading{
			Code: e.Code, Name: e.Name, Short: e.Short, Category: e.Category, Description: e.Description,
			Kind: e.Kind, Scale: e.Scale, Cumulative: e.Cumulative, AppliesTo: e.AppliesTo, Merge: e.Merge,
		})
	}
	return out
}

func TestLevelsAndCompetenciesAreAddedMovedAndDropped(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := started(t, r)
		before := draft.Source
		owner.Send(http.MethodPut, draftPath(draft, "/outline"), draft.Version, outline(draft), &draft)
		require.Equal(t, before, draft.Source, "an outline that says the same changes nothing")

		change := outline(draft)
		dropped := change.Competencies[0].Code
		change.Version, *change.Summary = "3.0.0", "How we grow."
		change.Competencies = append(change.Competencies[2:], change.Competencies[1], ladder.Heading{Code: "security", Name: "Security", Category: change.Competencies[1].Category})
		ic := &change.Tracks[0]
		ic.Levels = append(ic.Levels[:len(ic.Levels)-1], ladder.Level{Code: "IC8", Title: "Fellow", Equivalent: []string{}, Next: []string{}, Shape: &ladder.Shape{CodingShare: 50}})
		owner.Send(http.MethodPut, draftPath(draft, "/outline"), draft.Version, change, &draft)
		require.NotNil(t, draft.Rubric, "%+v", draft.Findings)
		require.Equal(t, "3.0.0", draft.Rubric.Version)
		_, ok := draft.Rubric.Competency(dropped)
		require.False(t, ok)
		_, ok = draft.Rubric.Competency("security")
		require.True(t, ok)
		require.NotEmpty(t, wordsOf(draft, "technical-direction", "IC6"), "sentences stay with their competency")
		require.NotContains(t, draft.Source, "IC7", "nothing refers to a level that is gone")
		require.Contains(t, draft.Source, "IC8")

		wrong := outline(draft)
		wrong.Tracks[0].Levels[0].Code = wrong.Tracks[0].Levels[1].Code
		wrong.Competencies[0].Category = "nowhere"
		answer := owner.Try(http.MethodPut, draftPath(draft, "/outline"), draft.Version, wrong)
		require.Equal(t, http.StatusUnprocessableEntity, answer.Status)
		require.Contains(t, answer.Text(), "/competencies/0/category")
		require.Contains(t, answer.Text(), "/tracks/0/levels/1", "all errors at once")
		require.Equal(t, http.StatusPreconditionFailed, owner.Try(http.MethodPut, draftPath(draft, "/outline"), draft.Version-1, change).Status)
	})
}

func TestACommentIsOnAPlaceOfAnOpenDraft(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		owner, draft := started(t, r)
		say := func(body map[string]any) apptest.Answer {
			body["text"] = "Which one?"
			return owner.Try(http.MethodPost, draftPath(draft, "/comments"), -1, body)
		}
		require.Equal(t, http.StatusOK, say(map[string]any{"competency": "system-design"}).Status)
		require.Contains(t, say(map[string]any{"competency": "cooking"}).Text(), "There is no competency cooking")
		require.Contains(t, say(map[string]any{"competency": "system-design", "level": "IC99"}).Text(), "There is no level IC99")
		owner.Get(draftPath(draft, ""), &draft)
		owner.Send(http.MethodDelete, draftPath(draft, ""), draft.Version, nil, nil)
		code, _ := problemOf(t, say(map[string]any{}))
		require.Equal(t, "wrong_state", code)
	})
}

// What only an archetype does is a text of its own, next to the text for
// everybody.
func TestACellHasTextsForArchetypes(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	owner := r.As(t, "owner")
	pages, err := os.ReadFile("../../domain/ladder/testdata/pages.yaml")
	require.NoError(t, err)
	var draft library.Draft
	owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"source": string(pages)}, &draft)
	says := func(text string) map[string]any {
		return map[string]any{"criteria": []any{map[string]any{"uid": "", "text": text}}}
	}
	variants := func(competency string) map[string]string {
		c, _ := draft.Rubric.Competency(competency)
		out := map[string]string{"": wordsOf(draft, competency, "IC5")[0]}
		for _, v := range c.Cell("IC5").Variants {
			out[v.Level] = v.Points[0].Text
		}
		return out
	}
	at := func(query string) string { return draftPath(draft, "/cells/delivery/IC5"+query) }
	owner.Send(http.MethodPut, at("?archetype=architect"), draft.Version, says("Draws what delivers."), &draft)
	owner.Send(http.MethodPut, at("?archetype=solver"), draft.Version, says("Ends the worst delay."), &draft)
	require.Equal(t, map[string]string{
		"": "Keeps an area delivering for a year.", "architect": "Draws what delivers.", "solver": "Ends the worst delay.",
	}, variants("delivery"))
	owner.Send(http.MethodPut, at("?archetype=architect"), draft.Version, map[string]any{"criteria": []any{}}, &draft)
	require.NotContains(t, variants("delivery"), "architect")
	unknown := owner.Try(http.MethodPut, at("?archetype=wizard"), draft.Version, says("Does magic."))
	require.Equal(t, http.StatusUnprocessableEntity, unknown.Status)
	require.Contains(t, unknown.Text(), `archetype \"wizard\" does not exist`)
}
