package api_test

import (
	"context"
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
	"github.com/rung-hr/rung/internal/trust/audit"
)

var update = flag.Bool("update", false, "rewrite the golden files")

// call is how the test asks for an operation: a path with real ids, and a body
// that is refused for its version or its content. So nothing changes, and the
// answer still tells who may try.
type call struct {
	op   string // operation id of the OpenAPI document
	path string
	body any
}

// several are bodies of one operation that ask for different rights.
type several []any

type object = map[string]any

// things are rows of the demo company that the calls name.
type things struct {
	engineer, candidate                    uuid.UUID
	evidence, draft, revealed, blind, told uuid.UUID
	written, proposal                      uuid.UUID // drafts of ladders
	hr                                     uuid.UUID
	over                                   uuid.UUID // a designation that has ended
}

// calls has one line for each operation, in groups of one resource.
func (x things) calls() []call {
	none := uuid.Nil.String()
	csv := []byte("nothing\n")
	five := []uuid.UUID{x.engineer, x.engineer, x.engineer, x.engineer, x.engineer}
	var (
		engineer = "/people/" + x.engineer.String()
		draft    = "/assessments/" + x.draft.String()
		blind    = "/cases/" + x.blind.String()
		told     = "/cases/" + x.told.String()
		written  = "/ladder-drafts/" + x.written.String()
		proposal = "/ladder-drafts/" + x.proposal.String()
	)
	return []call{
		// Oneself, and the first screens
		{"getMe", "/me", nil},
		{"getHome", "/me/home", nil},
		{"getTeam", "/team", nil},
		{"getMyBand", "/me/band", nil},
		{"listMyReaders", "/me/readers", nil},

		// One's own record
		{"exportMyRecord", "/me/export", nil},
		{"listMyCorrections", "/me/corrections", nil},
		{"askCorrection", "/me/corrections", object{"about": "other", "text": " "}},
		{"listCorrections", "/corrections", nil},
		{"answerCorrection", "/corrections/" + none + "/answer", object{"state": "kept", "answer": "x"}},
		{"listHolds", engineer + "/holds", nil},
		{"placeHold", "/people/" + none + "/holds", object{"reason": "x"}},
		{"liftHold", "/holds/" + none, nil},

		// People
		{"listPeople", "/people", nil},
		{"getPeopleFacets", "/people/facets", nil},
		{"exportPeople", "/people.csv?level=IC5", nil},
		{"getPerson", engineer, nil},
		{"changeFacts", engineer + "/changes", object{"on": "2026-12-01"}},
		{"listReports", engineer + "/reports", nil},
		{"getReportingLine", engineer + "/line", nil},
		{"listOrg", "/org", nil},
		{"listUnits", "/units", nil},
		{"previewPeopleImport", "/people/imports/preview", []byte("PK\x03\x04")},
		{"importPeople", "/people/imports", object{"fileId": none, "dryRun": true}},

		// Designations
		{"listDesignations", engineer + "/designations", nil},
		{"addDesignation", engineer + "/designations", object{"title": " ", "validFrom": "2026-12-01"}},
		{"endDesignation", "/designations/" + x.over.String(), nil},

		// Handovers
		{"getHandover", engineer + "/handover", nil},
		{"takeOver", engineer + "/handover/taken", nil},

		// Technologies
		{"getTechnologies", engineer + "/technologies", nil},
		{"addTechnology", "/technologies", object{"name": " ", "depth": "used"}},
		{"changeTechnology", "/technologies/" + none, object{"name": "Go", "depth": "used"}},
		{"removeTechnology", "/technologies/" + none, nil},

		// Jobs
		{"listJobs", "/jobs", nil},
		{"getJob", "/jobs/" + none, nil},
		{"cancelJob", "/jobs/" + none, nil},
		{"getJobResult", "/jobs/" + none + "/result", nil},

		// Ladders
		{"listLadders", "/ladders", nil},
		{"getLadder", "/ladders/backend-engineering", nil},
		{"getLadderFile", "/ladders/backend-engineering/file", nil},
		{"compareLevels", "/ladders/backend-engineering/comparison?levels=IC4,IC5", nil},
		{"listLadderVersions", "/ladders/backend-engineering/versions", nil},
		{"compareLadderVersions", "/ladders/backend-engineering/changes?from=2.3.0", nil},
		{"configureLadder", "/ladders/no-such-ladder", object{"public": true}},
		{"getPublicLadder", "/public/ladders/backend-engineering", nil},
		{"getLadderSchema", "/public/ladder.schema.json", nil},
		{"getRoleCheck", engineer + "/role-check", nil},

		// Drafts of ladders
		{"listDrafts", "/ladder-drafts", nil},
		{"startDraft", "/ladder-drafts", object{"source": "nothing"}},
		{"convertTable", "/ladder-drafts/conversion", object{"fileName": "a.csv", "content": ""}},
		{"saveDraft", written + "/source", object{"source": "x"}},
		{"editCell", written + "/cells/system-design/IC4", object{"criteria": []any{}}},
		{"editOutline", written + "/outline", object{"version": "2.4.0", "tracks": []any{}, "categories": []any{}, "competencies": []any{}, "expectations": []any{}}},
		{"getDraftChanges", written + "/changes", nil},
		{"sayMoves", written + "/moves", object{"moves": []any{}}},
		{"askReview", written + "/review", nil},
		{"discardDraft", written, nil},
		{"getDraft", proposal, nil},
		{"returnDraft", proposal + "/review", nil},
		{"approveDraft", proposal + "/approval", object{"effectiveFrom": "2027-01-01"}},
		{"commentDraft", proposal + "/comments", object{"text": " "}},
		{"resolveComment", proposal + "/comments/" + none + "/resolution", nil},

		// Evidence
		{"listEvidence", "/evidence", nil},
		{"logEvidence", "/evidence", object{"title": " ", "happenedFrom": "2026-01-01"}},
		{"changeEvidence", "/evidence/" + x.evidence.String(), object{"title": "T", "happenedFrom": "2026-01-01"}},
		{"deleteEvidence", "/evidence/" + x.evidence.String(), nil},

		// Assessments
		{"getCurrentCycle", "/cycles/current", nil},
		{"listAssessments", "/assessments?person=" + x.engineer.String(), nil},
		{"startAssessment", "/assessments", object{"personId": x.engineer, "targetLevel": "IC9"}},
		{"getAssessment", draft, nil},
		{"rateCompetency", draft + "/items/system-design", object{"rating": 1}},
		{"retargetAssessment", draft + "/target", object{"level": "IC9"}},
		{"placeAssessment", draft + "/modifier", object{"modifier": "no-such"}},
		{"moveAssessment", draft + "/version", nil},
		{"submitAssessment", draft + "/submission", nil},
		{"recallAssessment", draft + "/submission", nil},
		{"compareAssessments", "/assessments/" + x.revealed.String() + "/comparison", nil},

		// Promotion cases
		{"listCases", "/cases", nil},
		{"openCase", "/cases", object{"personId": x.engineer, "toLevel": "IC9"}},
		{"getCaseStart", engineer + "/case-start", nil},
		{"waiveRule", engineer + "/waivers", object{"rule": "cool_down", "reason": " "}},
		{"endWaiver", engineer + "/waivers/" + none, nil},
		{"getCase", blind, nil},
		{"moveCase", blind + "/transitions", several{
			object{"action": "communicate"}, object{"action": "hand_over"}, object{"action": "request_changes"}, object{"action": "submit"}, object{"action": "withdraw"}, object{"action": "open_vote"},
		}},
		{"writeSection", blind + "/sections/summary", object{"text": "x"}},
		{"addProject", blind + "/projects", nil},
		{"removeProject", blind + "/sections/summary", nil},
		{"writeStatement", blind + "/statement", object{"text": "x"}},
		{"requestChange", blind + "/requests", object{"sectionKey": "summary", "text": "x"}},
		{"answerRequest", blind + "/requests/" + none + "/done", nil},

		// The panel of a case
		{"listPanelCases", "/panel/cases", nil},
		{"listSeats", blind + "/seats", nil},
		{"listSeatCandidates", blind + "/seats/candidates", nil},
		{"seatPanel", blind + "/seats", object{"personIds": five, "chairId": x.engineer}},
		{"recuse", blind + "/recusal", object{"reason": " "}},
		{"getBallot", blind + "/ballot", nil},
		{"markBallot", blind + "/ballot", object{"marks": map[string]int{"no-such": 1}, "reasons": map[string]string{}}},
		{"sealBallot", blind + "/ballot/seal", nil},
		{"signDecision", blind + "/decision", object{"criteria": []any{}, "reasons": "x"}},
		{"getDecision", told + "/decision", nil},
		{"getTally", told + "/tally", nil},

		// Bands and pay
		{"getBandComparison", "/bands/comparison?location=London", nil},
		{"exportBandComparison", "/bands/comparison.csv?location=London", nil},
		{"explainBand", "/bands/explain?level=IC5&location=London", nil},
		{"importBands", "/bands/imports?dryRun=true&name=x&validFrom=2027-01-01", csv},
		{"importPay", "/pay/imports?dryRun=true", csv},

		// The company
		{"getSettings", "/settings", nil},
		{"changeSettings", "/settings", object{"monthsInLevel": 6, "monthsAfterDecision": 6, "monthsAfterWithdrawal": 3, "reason": " "}},

		// Sessions
		{"listSessions", "/sessions", nil},
		{"endSession", "/sessions/" + none, nil},
		{"endOtherSessions", "/sessions", nil},
		{"listSessionsOf", engineer + "/sessions", nil},
		{"endSessionsOf", "/people/" + none + "/sessions", nil},
		{"viewAs", "/people/" + x.hr.String() + "/view", nil},
		{"endViewAs", "/me/view", nil},

		// Roles
		{"listRoleHolders", "/roles", nil},
		{"previewRoles", "/roles/preview?group=rung-hr", nil},
		{"listRoleGrants", "/roles/grants", nil},
		{"askRole", "/roles/grants", object{"personId": none, "role": "hr", "reason": " "}},
		{"decideRole", "/roles/grants/" + none + "/decision", object{"allow": true}},
		{"endRole", "/roles/grants/" + none, nil},

		// Tokens
		{"listTokens", "/tokens", nil},
		{"createToken", "/tokens", object{"name": " ", "scopes": []string{}, "expiresOn": "2026-01-01"}},
		{"revokeToken", "/tokens/" + none, nil},

		// The audit trail
		{"listAuditEvents", "/audit/events", nil},
		{"verifyAudit", "/audit/verification", object{}},
		{"exportAudit", "/audit/export", nil},
		{"listEvaluations", "/audit/evaluations", nil},
		{"askEvaluation", "/audit/evaluations", object{"purpose": " ", "from": "2026-01-01", "to": "2026-01-02"}},
		{"decideEvaluation", "/audit/evaluations/" + none + "/decision", object{"allow": true}},

		// Who may what
		{"explainAccess", "/explain?resource=packet&id=" + x.blind.String(), nil},
		{"listReaders", "/explain/readers?resource=packet&id=" + x.blind.String(), nil},
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
	x.hr, x.over = r.ID(t, "hr"), overDesignation(t, r, x.engineer)
	return x
}

// overDesignation is a part that somebody played until yesterday.
func overDesignation(t *testing.T, r *apptest.Rung, who uuid.UUID) uuid.UUID {
	t.Helper()
	var id uuid.UUID
	require.NoError(t, r.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		row, err := tx.Designation.Create().SetPersonID(who).SetTitle("Buddy").SetOf("").SetValidFrom("2026-01-01").SetValidTo("2026-11-23").Save(ctx)
		if err != nil {
			return err
		}
		id = row.ID
		return audit.New(r.Clock).Record(ctx, tx, audit.Entry{Action: audit.PeopleImported, Resource: "person", ID: who})
	}))
	return id
}

// draftsOf starts a draft of a ladder that only owners may read, and one that is
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

// alsoAsked are the rights that operations ask besides the one they declare.
var alsoAsked = []struct {
	why        string
	rights     string
	operations string
}{
	{"the answer is the thing as the writer may read it", "assessment:read", "moveAssessment placeAssessment rateCompetency recallAssessment retargetAssessment submitAssessment"},
	{"the same, and whether the writer may change it", "assessment:read assessment:update", "startAssessment"},
	{"the same, of evidence", "evidence:read", "changeEvidence"},
	{"the same, of a draft", "draft:read", "askReview editCell editOutline saveDraft sayMoves"},
	{"the same, and whether the reader may approve it", "draft:read draft:approve", "returnDraft"},
	{"owners read drafts that are not in review", "draft:read", "getDraftChanges listDrafts"},
	{"the same, and whether the reader may approve it", "draft:read draft:approve", "getDraft"},
	{"a part of a case is hidden from those who do not read the case", "case:read", "addProject answerRequest explainAccess getBallot getDecision getTally listSeatCandidates listSeats markBallot recuse removeProject requestChange seatPanel signDecision writeSection writeStatement"},
	{"the same, and the answer is the ballot", "case:read ballot:read", "sealBallot"},
	{"the same, and names of a panel are for those who read the seats", "case:read seat:read", "listReaders"},
	{"the same, and the answer is the case as its reader sees it", "case:read packet:read statement:read", "moveCase"},
	{"which parts of a case the reader sees, and what they may do", "packet:read statement:read case:withdraw", "getCase"},
	{"whether the reader may change it", "assessment:update", "getAssessment"},
	{"whether the reader may change it", "person:update", "getPerson"},
	{"a person whom the actor does not see does not exist", "person:read", "openCase addDesignation changeFacts endDesignation viewAs"},
	{"whether a case may be opened, or is open already", "case:create case:read", "compareAssessments"},
	{"whether the reader may decide or end a grant", "role:approve role:delete", "listRoleGrants"},
	{"people and compa-ratios are those of the reader's scope", "pay:read", "explainBand exportBandComparison getBandComparison"},
	{"how far the assessments and cases of the team are", "assessment:read case:read cycle:read ladder:read", "getTeam"},
	{"what waits for the reader", "assessment:read assessment:update ballot:read case:read cycle:read evidence:read handover:read ladder:read person:lead", "getHome"},
	{"whether the reader may open a case or waive a rule, and which case is open", "case:create case:read waiver:create", "getCaseStart"},
	{"the answer is what now stands before a case", "waiver:read", "waiveRule endWaiver"},
	{"whether the reader may change them", "setting:update", "getSettings"},
	{"the same as numbers, and the parts of the program that you can open", "assessment:read assessment:update audit:read ballot:read band:import band:read case:read cycle:read draft:update evaluation:approve ladder:read pay:import person:import person:lead role:read session:delete setting:update token:read", "getMe"},
}

// exempted are the operations that alsoAsked names.
func exempted() map[string]bool {
	names := map[string]bool{}
	for _, also := range alsoAsked {
		for operation := range strings.FieldsSeq(also.operations) {
			names[operation] = true
		}
	}
	return names
}

// declaredRights are those of an operation's x-permission and of alsoAsked, sorted.
func declaredRights(operation, permission string) []string {
	var rights []string
	for right := range strings.FieldsSeq(permission) {
		if strings.Contains(right, ":") {
			rights = append(rights, right)
		}
	}
	for _, also := range alsoAsked {
		if slices.Contains(strings.Fields(also.operations), operation) {
			rights = append(rights, strings.Fields(also.rights)...)
		}
	}
	slices.Sort(rights)
	return rights
}

// Every operation of the OpenAPI document, asked by everybody. The rights that
// are asked on the way must be those that are declared. A new operation
// fails here until it has a line; the golden file shows who gets which answer.
func TestEveryOperationForEveryPersona(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	var doc operationDoc
	require.NoError(t, json.Unmarshal(r.App.API.Document(), &doc))
	calls := map[string]call{}
	for _, c := range findThings(t, r).calls() {
		require.NotContains(t, calls, c.op, "two lines")
		calls[c.op] = c
	}
	who := []string{"engineer", "manager", "lead", "director", "panelist1", "panelist5", "chair", "hr", "comp", "approver", "owner", "admin", "auditor"}
	clients := map[string]*apptest.Client{"nobody": r.Nobody(t)}
	for _, w := range who {
		clients[w] = r.As(t, w)
	}
	who = append(who, "nobody")
	lines, unknown := []string{}, exempted()
	for _, methods := range doc.Paths {
		for method, op := range methods {
			delete(unknown, op.OperationID)
			require.NotEmpty(t, op.Summary, op.OperationID)
			require.NotEmpty(t, op.Permission, op.OperationID)
			c, ok := calls[op.OperationID]
			require.True(t, ok, "operation %s has no line in the persona test", op.OperationID)
			delete(calls, op.OperationID)
			line := fmt.Sprintf("%-22s %-18s", op.OperationID, op.Permission)
			asked := r.Rights(func() {
				for _, w := range who {
					bodies, many := c.body.(several)
					if !many {
						bodies = several{c.body}
					}
					res := clients[w].Do(strings.ToUpper(method), "/api/v1"+c.path, map[string]string{"If-Match": `"999"`}, bodies[0])
					require.NotEqual(t, http.StatusInternalServerError, res.Status, "%s by %s: %s", op.OperationID, w, res.Text())
					line += fmt.Sprintf(" %s:%d", w, res.Status)
					for _, body := range bodies[1:] {
						clients[w].Do(strings.ToUpper(method), "/api/v1"+c.path, map[string]string{"If-Match": `"999"`}, body)
					}
				}
			})
			if declared := declaredRights(op.OperationID, op.Permission); op.Permission != "public" {
				require.Equal(t, declared, asked, "%s: x-permission and alsoAsked must name each right that is asked, and no other", op.OperationID)
			}
			lines = append(lines, line)
		}
	}
	require.Empty(t, calls, "lines without an operation")
	require.Empty(t, unknown, "operations of alsoAsked that are gone")
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
	require.Equal(t, string(want), have, "run go test ./internal/transport/api -run %s -update and read the diff", t.Name())
}

// What a person may not see reads exactly like what does not exist.
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

// These are the exact cases that each persona sees, by candidate and state as
// they read it.
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

// No path leads a panel member to anybody's pay.
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

// payOf returns everybody's pay as an answer would show it.
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
