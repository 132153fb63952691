package api_test

import (
	"encoding/json"
	"flag"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	entassessment "github.com/rung-hr/rung/ent/db/assessment"
	entevidence "github.com/rung-hr/rung/ent/db/evidence"
	"github.com/rung-hr/rung/ent/db/panelseat"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/dev/demo"
	"github.com/rung-hr/rung/internal/domain/ladder"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// call is how the test asks for an operation: a path with real ids, and a body
// that is refused for its version or its content, so that nothing changes and
// the answer still tells who may try.
type call struct {
	path string
	body any
}

// things are rows of the demo company that the calls name.
type things struct {
	engineer, candidate                    uuid.UUID
	evidence, draft, revealed, blind, told uuid.UUID
	written, proposal                      uuid.UUID // drafts of ladders
}

func (x things) calls() map[string]call {
	none := uuid.Nil.String()
	csv := []byte("nothing\n")
	c := func(id uuid.UUID, rest string) string { return "/cases/" + id.String() + rest }
	d := func(id uuid.UUID, rest string) string { return "/ladder-drafts/" + id.String() + rest }
	return map[string]call{
		"getMe": {"/me", nil}, "getHome": {"/me/home", nil}, "getTeam": {"/team", nil}, "getMyBand": {"/me/band", nil},
		"listPeople": {"/people", nil}, "getPeopleFacets": {"/people/facets", nil}, "getPerson": {"/people/" + x.engineer.String(), nil},
		"previewPeopleImport": {"/people/imports/preview", []byte("PK\x03\x04")}, "importPeople": {"/people/imports", map[string]any{"fileId": none, "dryRun": true}},
		"listJobs": {"/jobs", nil}, "getJob": {"/jobs/" + none, nil}, "cancelJob": {"/jobs/" + none, nil}, "getJobResult": {"/jobs/" + none + "/result", nil},
		"importBands": {"/bands/imports?dryRun=true&name=x&validFrom=2027-01-01", csv}, "importPay": {"/pay/imports?dryRun=true", csv},
		"listLadders": {"/ladders", nil}, "getLadder": {"/ladders/backend-engineering", nil}, "compareLevels": {"/ladders/backend-engineering/comparison?levels=IC4,IC5", nil},
		"listEvidence": {"/evidence", nil}, "logEvidence": {"/evidence", map[string]any{"title": " ", "happenedFrom": "2026-01-01"}},
		"changeEvidence":  {"/evidence/" + x.evidence.String(), map[string]any{"title": "T", "happenedFrom": "2026-01-01"}},
		"deleteEvidence":  {"/evidence/" + x.evidence.String(), nil},
		"getTechnologies": {"/people/" + x.engineer.String() + "/technologies", nil}, "addTechnology": {"/technologies", map[string]any{"name": " ", "depth": "used"}},
		"changeTechnology": {"/technologies/" + none, map[string]any{"name": "Go", "depth": "used"}}, "removeTechnology": {"/technologies/" + none, nil},
		"listAssessments": {"/assessments?person=" + x.engineer.String(), nil}, "startAssessment": {"/assessments", map[string]any{"personId": x.engineer, "targetLevel": "IC9"}},
		"getAssessment": {"/assessments/" + x.draft.String(), nil}, "compareAssessments": {"/assessments/" + x.revealed.String() + "/comparison", nil},
		"rateCompetency":     {"/assessments/" + x.draft.String() + "/items/system-design", map[string]any{"rating": 1}},
		"retargetAssessment": {"/assessments/" + x.draft.String() + "/target", map[string]any{"level": "IC9"}},
		"placeAssessment":    {"/assessments/" + x.draft.String() + "/modifier", map[string]any{"modifier": "no-such"}},
		"submitAssessment":   {"/assessments/" + x.draft.String() + "/submission", nil}, "recallAssessment": {"/assessments/" + x.draft.String() + "/submission", nil},
		"getCurrentCycle": {"/cycles/current", nil},
		"listCases":       {"/cases", nil}, "openCase": {"/cases", map[string]any{"personId": x.engineer, "toLevel": "IC9"}}, "getCase": {c(x.blind, ""), nil},
		"moveCase": {c(x.blind, "/transitions"), map[string]any{"action": "communicate"}}, "writeSection": {c(x.blind, "/sections/summary"), map[string]any{"text": "x"}},
		"addProject": {c(x.blind, "/projects"), nil}, "removeProject": {c(x.blind, "/sections/summary"), nil}, "writeStatement": {c(x.blind, "/statement"), map[string]any{"text": "x"}},
		"requestChange": {c(x.blind, "/requests"), map[string]any{"sectionKey": "summary", "text": "x"}}, "answerRequest": {c(x.blind, "/requests/"+none+"/done"), nil},
		"listSeats": {c(x.blind, "/seats"), nil}, "seatPanel": {c(x.blind, "/seats"), map[string]any{"personIds": []uuid.UUID{x.engineer, x.engineer, x.engineer, x.engineer, x.engineer}, "chairId": x.engineer}},
		"listSeatCandidates": {c(x.blind, "/seats/candidates"), nil}, "signDecision": {c(x.blind, "/decision"), map[string]any{"criteria": []any{}, "reasons": "x"}},
		"getDecision": {c(x.told, "/decision"), nil}, "listPanelCases": {"/panel/cases", nil}, "getBallot": {c(x.blind, "/ballot"), nil},
		"markBallot": {c(x.blind, "/ballot"), map[string]any{"marks": map[string]int{"no-such": 1}, "reasons": map[string]string{}}}, "sealBallot": {c(x.blind, "/ballot/seal"), nil},
		"recuse": {c(x.blind, "/recusal"), map[string]any{"reason": " "}}, "getTally": {c(x.told, "/tally"), nil},
		"getBandComparison": {"/bands/comparison?location=London", nil}, "exportBandComparison": {"/bands/comparison.csv?location=London", nil},
		"explainBand": {"/bands/explain?level=IC5&location=London", nil}, "listSessions": {"/sessions", nil}, "endSession": {"/sessions/" + none, nil},
		"changeFacts": {"/people/" + x.engineer.String() + "/changes", map[string]any{"on": "2026-12-01"}}, "listReports": {"/people/" + x.engineer.String() + "/reports", nil},
		"getReportingLine": {"/people/" + x.engineer.String() + "/line", nil}, "listOrg": {"/org", nil},
		"listUnits": {"/units", nil}, "exportPeople": {"/people.csv?level=IC5", nil}, "listDesignations": {"/people/" + x.engineer.String() + "/designations", nil},
		"addDesignation": {"/people/" + x.engineer.String() + "/designations", map[string]any{"title": " ", "validFrom": "2026-12-01"}}, "endDesignation": {"/designations/" + none, nil},
		"getHandover": {"/people/" + x.engineer.String() + "/handover", nil}, "takeOver": {"/people/" + x.engineer.String() + "/handover/taken", nil},
		"listTokens": {"/tokens", nil}, "createToken": {"/tokens", map[string]any{"name": " ", "scopes": []string{}, "expiresOn": "2026-01-01"}}, "revokeToken": {"/tokens/" + none, nil},
		"endOtherSessions": {"/sessions", nil}, "listSessionsOf": {"/people/" + x.engineer.String() + "/sessions", nil}, "endSessionsOf": {"/people/" + none + "/sessions", nil},
		"viewAs": {"/people/" + none + "/view", nil}, "endViewAs": {"/me/view", nil},
		"listRoleHolders": {"/roles", nil}, "listRoleGrants": {"/roles/grants", nil}, "askRole": {"/roles/grants", map[string]any{"personId": none, "role": "hr", "reason": " "}},
		"decideRole": {"/roles/grants/" + none + "/decision", map[string]any{"allow": true}}, "endRole": {"/roles/grants/" + none, nil}, "listAuditEvents": {"/audit/events", nil}, "verifyAudit": {"/audit/verification", map[string]any{}}, "exportAudit": {"/audit/export", nil}, "listMyReaders": {"/me/readers", nil},
		"listEvaluations": {"/audit/evaluations", nil}, "askEvaluation": {"/audit/evaluations", map[string]any{"purpose": " ", "from": "2026-01-01", "to": "2026-01-02"}},
		"decideEvaluation": {"/audit/evaluations/" + none + "/decision", map[string]any{"allow": true}},
		"exportMyRecord":   {"/me/export", nil}, "listMyCorrections": {"/me/corrections", nil}, "askCorrection": {"/me/corrections", map[string]any{"about": "other", "text": " "}},
		"listCorrections": {"/corrections", nil}, "answerCorrection": {"/corrections/" + none + "/answer", map[string]any{"state": "kept", "answer": "x"}},
		"listHolds": {"/people/" + x.engineer.String() + "/holds", nil}, "placeHold": {"/people/" + none + "/holds", map[string]any{"reason": "x"}}, "liftHold": {"/holds/" + none, nil},
		"explainAccess": {"/explain?resource=packet&id=" + x.blind.String(), nil}, "listReaders": {"/explain/readers?resource=packet&id=" + x.blind.String(), nil},
		"previewRoles":       {"/roles/preview?group=rung-hr", nil},
		"listLadderVersions": {"/ladders/backend-engineering/versions", nil}, "compareLadderVersions": {"/ladders/backend-engineering/changes?from=2.3.0", nil},
		"configureLadder": {"/ladders/no-such-ladder", map[string]any{"public": true}}, "getLadderFile": {"/ladders/backend-engineering/file", nil},
		"getPublicLadder": {"/public/ladders/backend-engineering", nil}, "getLadderSchema": {"/public/ladder.schema.json", nil},
		"getRoleCheck": {"/people/" + x.engineer.String() + "/role-check", nil}, "moveAssessment": {"/assessments/" + x.draft.String() + "/version", nil},
		"listDrafts": {"/ladder-drafts", nil}, "startDraft": {"/ladder-drafts", map[string]any{"source": "nothing"}}, "getDraft": {d(x.proposal, ""), nil},
		"convertTable": {"/ladder-drafts/conversion", map[string]any{"fileName": "a.csv", "content": ""}},
		"saveDraft":    {d(x.written, "/source"), map[string]any{"source": "x"}}, "editCell": {d(x.written, "/cells/system-design/IC4"), map[string]any{"criteria": []any{}}},
		"editOutline":  {d(x.written, "/outline"), map[string]any{"version": "2.4.0", "tracks": []any{}, "categories": []any{}, "competencies": []any{}, "expectations": []any{}}},
		"discardDraft": {d(x.written, ""), nil}, "getDraftChanges": {d(x.written, "/changes"), nil}, "sayMoves": {d(x.written, "/moves"), map[string]any{"moves": []any{}}},
		"askReview": {d(x.written, "/review"), nil}, "returnDraft": {d(x.proposal, "/review"), nil}, "approveDraft": {d(x.proposal, "/approval"), map[string]any{"effectiveFrom": "2027-01-01"}},
		"commentDraft": {d(x.proposal, "/comments"), map[string]any{"text": " "}}, "resolveComment": {d(x.proposal, "/comments/"+none+"/resolution"), nil},
	}
}

func findThings(t *testing.T, r *apptest.Rung) things {
	t.Helper()
	client, ctx := r.App.Store.Read(), apptest.System
	x := things{engineer: r.ID(t, "engineer")}
	evidence, err := client.Evidence.Query().Where(entevidence.PersonID(x.engineer)).Order(db.Asc(entevidence.FieldID)).First(ctx)
	require.NoError(t, err)
	x.evidence = evidence.ID
	x.draft, err = client.Assessment.Query().Where(entassessment.SubjectID(x.engineer), entassessment.StateEQ(entassessment.StateDraft)).OnlyID(ctx)
	require.NoError(t, err)
	x.revealed, err = client.Assessment.Query().Where(entassessment.HasSubjectWith(person.Email("lena@"+demo.Domain)), entassessment.KindEQ(entassessment.KindSelf)).OnlyID(ctx)
	require.NoError(t, err)
	blind, err := client.PromotionCase.Query().Where(promotioncase.StateEQ(promotioncase.StateBlindVote)).Order(db.Asc(promotioncase.FieldOpenedAt)).First(ctx)
	require.NoError(t, err)
	x.blind, x.candidate = blind.ID, blind.PersonID
	x.written, x.proposal = draftsOf(t, r)
	x.told, err = client.PromotionCase.Query().Where(promotioncase.StateEQ(promotioncase.StateCommunicated)).OnlyID(ctx)
	require.NoError(t, err)
	return x
}

// draftsOf begins a draft of a ladder that only owners may read, and one that is
// in review.
func draftsOf(t *testing.T, r *apptest.Rung) (written, proposal uuid.UUID) {
	t.Helper()
	owner := r.As(t, "owner")
	var draft struct {
		ID      uuid.UUID
		Version int
	}
	owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"slug": "backend-engineering"}, &draft)
	written = draft.ID
	_, team := ladder.ShippedTeamFile()
	owner.Send(http.MethodPost, "/ladder-drafts", -1, map[string]any{"source": string(team)}, &draft)
	owner.Send(http.MethodPost, "/ladder-drafts/"+draft.ID.String()+"/review", draft.Version, nil, nil)
	return written, draft.ID
}

type operationDoc struct {
	Paths map[string]map[string]struct {
		OperationID string          `json:"operationId"`
		Summary     string          `json:"summary"`
		Permission  string          `json:"x-permission"`
		Responses   json.RawMessage `json:"responses"`
	} `json:"paths"`
}

// Every operation of the OpenAPI document, asked by everybody. A new operation
// fails here until it has a line; the golden file shows who gets which answer.
func TestEveryOperationForEveryPersona(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	var doc operationDoc
	require.NoError(t, json.Unmarshal(r.App.API.Document(), &doc))
	calls := findThings(t, r).calls()
	who := []string{"engineer", "manager", "lead", "director", "panelist1", "panelist5", "chair", "hr", "comp", "approver", "owner", "admin", "auditor"}
	clients := map[string]*apptest.Client{"nobody": r.Nobody(t)}
	for _, w := range who {
		clients[w] = r.As(t, w)
	}
	who = append(who, "nobody")
	lines := []string{}
	for _, methods := range doc.Paths {
		for method, op := range methods {
			require.NotEmpty(t, op.Summary, op.OperationID)
			require.NotEmpty(t, op.Permission, op.OperationID)
			c, ok := calls[op.OperationID]
			require.True(t, ok, "operation %s has no line in the persona test", op.OperationID)
			delete(calls, op.OperationID)
			line := fmt.Sprintf("%-22s %-18s", op.OperationID, op.Permission)
			for _, w := range who {
				res := clients[w].Do(strings.ToUpper(method), "/api/v1"+c.path, map[string]string{"If-Match": `"999"`}, c.body)
				require.NotEqual(t, http.StatusInternalServerError, res.Status, "%s by %s: %s", op.OperationID, w, res.Text())
				line += fmt.Sprintf(" %s:%d", w, res.Status)
			}
			lines = append(lines, line)
		}
	}
	require.Empty(t, calls, "lines without an operation")
	slices.Sort(lines)
	golden(t, "personas.golden", strings.Join(lines, "\n")+"\n")
}

func golden(t *testing.T, name, have string) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o750))
		require.NoError(t, os.WriteFile(path, []byte(have), 0o600))
	}
	want, err := os.ReadFile(path)
	require.NoError(t, err)
	require.Equal(t, string(want), have, "run go test ./internal/api -run %s -update and read the diff", t.Name())
}

// What one may not see reads exactly like what does not exist.
func TestHiddenReadsLikeMissing(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	x := findThings(t, r)
	lead := r.As(t, "lead")
	for hidden, missing := range map[string]string{
		"/assessments/" + x.draft.String():       "/assessments/" + uuid.NewString(),
		"/cases/" + x.blind.String():             "/cases/" + uuid.NewString(),
		"/cases/" + x.blind.String() + "/ballot": "/cases/" + uuid.NewString() + "/ballot",
		"/cases/" + x.blind.String() + "/tally":  "/no-such-address",
	} {
		a, b := lead.Try(http.MethodGet, hidden, -1, nil), lead.Try(http.MethodGet, missing, -1, nil)
		require.Equal(t, http.StatusNotFound, a.Status, hidden)
		require.Equal(t, b.Status, a.Status)
		require.Equal(t, withoutID(t, b), withoutID(t, a))
		require.Equal(t, "application/problem+json", a.Header.Get("Content-Type"))
		require.Equal(t, a.Header.Get("Content-Type"), b.Header.Get("Content-Type"))
	}
}

func withoutID(t *testing.T, a apptest.Answer) map[string]any {
	t.Helper()
	var m map[string]any
	a.Into(t, &m)
	delete(m, "requestId")
	return m
}

// The exact cases that each persona sees, by candidate and state as they read it.
func TestExactVisibleCases(t *testing.T) {
	eachDatabase(t, func(t *testing.T, r *apptest.Rung) {
		lines := []string{}
		for _, w := range []string{"engineer", "manager", "panelist1", "panelist5", "chair", "hr", "comp", "admin", "auditor"} {
			var list struct {
				Items []struct {
					Person struct{ Name string }
					Bar    struct{ State string }
				}
			}
			r.As(t, w).Get("/cases?limit=200", &list)
			seen := []string{}
			for _, i := range list.Items {
				seen = append(seen, i.Person.Name+" "+i.Bar.State)
			}
			slices.Sort(seen)
			lines = append(lines, w+": "+strings.Join(seen, ", "))
		}
		golden(t, "cases.golden", strings.Join(lines, "\n")+"\n")
	})
}

// No way leads a panel member to anybody's pay.
func TestThePanelReachesNoPay(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	x := findThings(t, r)
	seats, err := r.App.Store.Read().PanelSeat.Query().Where(panelseat.CaseID(x.blind)).WithPerson().All(apptest.System)
	require.NoError(t, err)
	amounts := payOf(t, r)
	for _, seat := range seats {
		c := r.As(t, strings.TrimSuffix(seat.Edges.Person.Email, "@"+demo.Domain))
		for _, path := range []string{"/bands/comparison", "/bands/comparison.csv", "/bands/explain?level=IC5&location=London", "/people?sort=pay"} {
			require.Equal(t, http.StatusForbidden, c.Try(http.MethodGet, path, -1, nil).Status, path)
		}
		for _, path := range []string{"/me", "/me/home", "/people?limit=200", "/people/" + x.candidate.String(), "/cases/" + x.blind.String(), "/cases/" + x.blind.String() + "/ballot", "/panel/cases", "/cases"} {
			text := c.Get(path, nil).Text()
			require.NotContains(t, text, `"pay"`, path)
			for _, amount := range amounts {
				require.NotContains(t, text, amount, path)
			}
		}
	}
	for _, amount := range amounts {
		require.NotContains(t, r.Log.String(), amount, "no pay in the log")
	}
}

// payOf returns everybody's pay as it would be written in an answer.
func payOf(t *testing.T, r *apptest.Rung) []string {
	t.Helper()
	rows, err := r.App.Store.Read().PayPoint.Query().All(apptest.System)
	require.NoError(t, err)
	require.NotEmpty(t, rows)
	out := []string{}
	for _, row := range rows {
		out = append(out, fmt.Sprintf("%d", int64(row.AmountMinor)))
	}
	return out
}
