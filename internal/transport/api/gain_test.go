package api_test

import (
	"context"
	"flag"
	"fmt"
	"io"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/logevaluation"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/promotioncase"
	"github.com/rung-hr/rung/ent/schema"
	"github.com/rung-hr/rung/internal/dev/apptest"
	peoplefile "github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/platform/actor"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
	"github.com/rung-hr/rung/internal/trust/access"
	"github.com/rung-hr/rung/internal/trust/audit"
)

// Nobody widens what they may read by what they do alone, whatever they try and
// in whatever order: roles, groups, tokens, provisioning, files, facts, panels.
func TestNobodyWidensTheirOwnRights(t *testing.T) {
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) {
			w := newClimbers(t, apptest.Start(t, address(t)))
			if steps := flag.Lookup("rapid.checks"); steps.Value.String() == steps.DefValue {
				require.NoError(t, flag.Set("rapid.checks", "60"))
				defer func() { require.NoError(t, flag.Set("rapid.checks", steps.DefValue)) }()
			}
			rapid.Check(t, func(rt *rapid.T) {
				me := rapid.SampledFrom(w.actors).Draw(rt, "who")
				before := w.rights(me.id)
				for range 5 {
					what := me.act(rt, w)
					for right := range w.rights(me.id) {
						require.True(rt, before[right], "%s gained %s by %s", me.name, right, what)
					}
				}
			})
			require.Positive(t, w.done, "no attempt was carried out")
		})
	}
}

// climbers are people of the demo company who try to widen their rights.
type climbers struct {
	*apptest.Rung
	t      *testing.T
	people []uuid.UUID
	units  []uuid.UUID
	cases  []uuid.UUID
	actors []*climber
	done   int // requests that were carried out
}

type climber struct {
	name   string
	id     uuid.UUID
	client *apptest.Client
	secret string // of a token they made
}

func newClimbers(t *testing.T, r *apptest.Rung) *climbers {
	t.Helper()
	w := &climbers{Rung: r, t: t}
	client := r.App.Store.Read()
	var err error
	w.people, err = client.Person.Query().Where(person.StatusEQ(person.StatusActive)).Order(db.Asc(person.FieldID)).Limit(40).IDs(apptest.System)
	require.NoError(t, err)
	w.units, err = client.Unit.Query().IDs(apptest.System)
	require.NoError(t, err)
	w.cases, err = client.PromotionCase.Query().Where(promotioncase.StateIn(promotioncase.StateSubmitted, promotioncase.StateOnHold)).IDs(apptest.System)
	require.NoError(t, err)
	w.give("director", "hr", schema.Scope{Units: []uuid.UUID{w.units[0]}})
	w.give("lead", "hr", schema.Scope{Countries: []string{"DE"}})
	w.give("panelist2", "hr", schema.Scope{})
	w.give("panelist2", "admin", schema.Scope{})
	w.give("panelist3", "admin", schema.Scope{})
	w.give("panelist3", "hr", schema.Scope{Units: []uuid.UUID{w.units[1]}})
	for _, name := range []string{"engineer", "manager", "lead", "director", "panelist2", "panelist3", "hr", "comp", "owner", "admin", "auditor"} {
		c := &climber{name: name, id: r.ID(t, name), client: r.As(t, name)}
		w.actors = append(w.actors, c)
		if !slices.Contains(w.people, c.id) {
			w.people = append(w.people, c.id)
		}
	}
	return w
}

// give grants a role without two people, to begin with.
func (w *climbers) give(name, role string, scope schema.Scope) {
	w.t.Helper()
	require.NoError(w.t, w.App.Store.InTx(apptest.System, func(ctx context.Context, tx *db.Client) error {
		id := w.ID(w.t, name)
		row, err := tx.RoleGrant.Create().SetPersonID(id).SetRole(role).SetScope(scope).SetReason("x").SetState("granted").SetAskedByID(id).SetAskedAt(w.Clock.Now()).Save(ctx)
		if err != nil {
			return err
		}
		if err := audit.New(w.Clock).Record(ctx, tx, audit.Entry{Action: audit.RoleGranted, Resource: "role", ID: row.ID}); err != nil {
			return err
		}
		return w.App.Services.Roles.Refresh(ctx, tx, id)
	}))
}

// rights are everything that a person may do to the people and cases of the
// company, in every state that a case can have: a process that goes on changes
// what people may read, and that is no gain of theirs.
func (w *climbers) rights(id uuid.UUID) map[string]bool {
	w.t.Helper()
	client := w.App.Store.Read()
	row, err := client.Person.Get(apptest.System, id)
	require.NoError(w.t, err)
	me, err := w.App.Services.Roles.ActorOf(apptest.System, row)
	require.NoError(w.t, err)
	ctx, out := actor.With(context.Background(), me), map[string]bool{}
	rows, err := client.Person.Query().Where(person.IDIn(w.people...), person.IDNEQ(id)).All(apptest.System)
	require.NoError(w.t, err)
	cases, err := client.PromotionCase.Query().Where(promotioncase.PersonIDNEQ(id)).WithPerson().All(apptest.System)
	require.NoError(w.t, err)
	seats, err := client.PanelSeat.Query().All(apptest.System)
	require.NoError(w.t, err)
	panel := map[uuid.UUID][]*db.PanelSeat{}
	for _, seat := range seats {
		panel[seat.CaseID] = append(panel[seat.CaseID], seat)
	}
	for _, resource := range access.Resources {
		for _, action := range access.Actions {
			note := func(may bool, of string) {
				if may {
					out[fmt.Sprintf("%s:%s of %s", resource, action, of)] = true
				}
			}
			note(w.App.Access.May(ctx, resource, action), "anybody")
			for _, p := range rows {
				note(w.App.Access.CanPerson(ctx, resource, action, access.FactsOf(p)), p.Name)
			}
			for _, c := range cases {
				for stage, facts := range stages(access.FactsOfCase(c, panel[c.ID])) {
					note(w.App.Access.CanCase(ctx, resource, action, facts), fmt.Sprintf("case %s in stage %d", c.ID, stage))
				}
			}
		}
	}
	read, err := client.LogEvaluation.Query().Where(logevaluation.AskedByID(id), logevaluation.StateEQ(logevaluation.StateAllowed)).IDs(apptest.System)
	require.NoError(w.t, err)
	for _, e := range read {
		out["evaluation "+e.String()] = true
	}
	return out
}

// stages are the facts of a case in each stage of the process.
func stages(f access.CaseFacts) []access.CaseFacts {
	out := make([]access.CaseFacts, 0, 6)
	for stage := range 6 {
		at := f
		at.HandedOver, at.Frozen, at.VoteOpened, at.VoteClosed, at.Communicated = stage > 0, stage > 1, stage > 2, stage > 3, stage > 4
		at.Withdrawn = false
		out = append(out, at)
	}
	return out
}

// act does something at random and says what it was.
func (c *climber) act(t *rapid.T, w *climbers) string {
	attempts := []func(*rapid.T, *climbers) string{
		c.changeFacts, c.importFile, c.askRole, c.decideRole, c.endRole, c.pushGroup, c.pushPerson, c.seatPanel, c.askEvaluation, c.decideEvaluation, c.takeOver,
	}
	return rapid.SampledFrom(attempts).Draw(t, "attempt")(t, w)
}

func (c *climber) try(w *climbers, method, path string, version int, body any) string {
	res := c.client.Try(method, path, version, body)
	require.NotEqual(w.t, http.StatusInternalServerError, res.Status, res.Text())
	if res.Status < 300 {
		w.done++
	}
	return fmt.Sprintf("%s %s %v: %d", method, path, body, res.Status)
}

func (w *climbers) somebody(t *rapid.T) uuid.UUID {
	return rapid.SampledFrom(w.people).Draw(t, "person")
}

// near is somebody, often the climber.
func (c *climber) near(t *rapid.T, w *climbers) uuid.UUID {
	return rapid.OneOf(rapid.Just(c.id), rapid.Just(uuid.Nil), rapid.SampledFrom(w.people)).Draw(t, "near")
}

func (c *climber) changeFacts(t *rapid.T, w *climbers) string {
	id := w.somebody(t)
	row, err := w.App.Store.Read().Person.Get(apptest.System, id)
	require.NoError(w.t, err)
	body := object{"on": rapid.SampledFrom([]string{"2026-11-24", "2026-11-20", "2026-12-01"}).Draw(t, "on")}
	switch rapid.IntRange(0, 3).Draw(t, "fact") {
	case 0, 1:
		body["managerId"] = c.near(t, w)
	case 2:
		body["unitId"] = rapid.SampledFrom(w.units).Draw(t, "unit")
	default:
		body["country"] = rapid.SampledFrom([]string{"DE", "GB", "US"}).Draw(t, "country")
	}
	return c.try(w, http.MethodPost, "/people/"+id.String()+"/changes", row.Version, body)
}

func (c *climber) importFile(t *rapid.T, w *climbers) string {
	row, err := w.App.Store.Read().Person.Get(apptest.System, w.somebody(t))
	require.NoError(w.t, err)
	boss, err := w.App.Store.Read().Person.Get(apptest.System, rapid.SampledFrom([]uuid.UUID{c.id, w.somebody(t)}).Draw(t, "manager"))
	require.NoError(w.t, err)
	if row.EmployeeNo == nil {
		return "nothing"
	}
	file := fmt.Sprintf("employee_id,name,email,manager_email\n%s,%s,%s,%s\n", *row.EmployeeNo, row.Name, row.Email, boss.Email)
	me, err := w.App.Store.Read().Person.Get(apptest.System, c.id)
	require.NoError(w.t, err)
	who, err := w.App.Services.Roles.ActorOf(apptest.System, me)
	require.NoError(w.t, err)
	_, err = w.App.Services.Importing.Import(actor.With(context.Background(), who), peoplefile.Input{
		File: "people.csv", Spec: sheet.People, Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil },
	})
	if err == nil {
		w.done++
	}
	return fmt.Sprintf("importing %q: %v", file, err)
}

var giveable = []string{"hr", "comp", "approver", "owner", "admin", "auditor"}

func (c *climber) askRole(t *rapid.T, w *climbers) string {
	return c.try(w, http.MethodPost, "/roles/grants", -1, object{"personId": c.near(t, w), "role": rapid.SampledFrom(giveable).Draw(t, "role"), "reason": "x"})
}

func (w *climbers) grant(t *rapid.T) *db.RoleGrant {
	list, err := w.App.Store.Read().RoleGrant.Query().All(apptest.System)
	require.NoError(w.t, err)
	return rapid.SampledFrom(list).Draw(t, "grant")
}

func (c *climber) decideRole(t *rapid.T, w *climbers) string {
	g := w.grant(t)
	return c.try(w, http.MethodPost, "/roles/grants/"+g.ID.String()+"/decision", g.Version, object{"allow": true})
}

func (c *climber) endRole(t *rapid.T, w *climbers) string {
	g := w.grant(t)
	if g.State == "granted" {
		return "nothing" // those who climb would soon be gone
	}
	return c.try(w, http.MethodDelete, "/roles/grants/"+g.ID.String(), g.Version, nil)
}

// scim sends a request with a token of their own, if they can make one.
func (c *climber) scim(w *climbers, method, path string, body object) string {
	if c.secret == "" {
		var made struct{ Secret string }
		res := c.client.Try(http.MethodPost, "/tokens", -1, object{"name": "x", "scopes": []string{"scim:write"}, "expiresOn": "2027-06-30"})
		if res.Status >= 300 {
			return "no token"
		}
		res.Into(w.t, &made)
		c.secret = made.Secret
	}
	res := w.Nobody(w.t).Do(method, "/scim/v2"+path, map[string]string{"Authorization": "Bearer " + c.secret, "Content-Type": "application/scim+json"}, body)
	require.NotEqual(w.t, http.StatusInternalServerError, res.Status, res.Text())
	if res.Status < 300 {
		w.done++
	}
	return fmt.Sprintf("SCIM %s %s %v: %d", method, path, body, res.Status)
}

func (c *climber) pushGroup(t *rapid.T, w *climbers) string {
	members := []object{{"value": c.id}, {"value": w.somebody(t)}}
	name := rapid.SampledFrom([]string{"rung-hr", "rung-comp", "rung-auditor", "lunch"}).Draw(t, "group")
	list, err := w.App.Store.Read().Group.Query().IDs(apptest.System)
	require.NoError(w.t, err)
	if len(list) > 0 && rapid.Bool().Draw(t, "change one") {
		id := rapid.SampledFrom(list).Draw(t, "which")
		return c.scim(w, http.MethodPut, "/Groups/"+id.String(), object{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:Group"}, "displayName": name, "members": members})
	}
	return c.scim(w, http.MethodPost, "/Groups", object{"schemas": []string{"urn:ietf:params:scim:schemas:core:2.0:Group"}, "displayName": name, "members": members})
}

func (c *climber) pushPerson(t *rapid.T, w *climbers) string {
	const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	names, err := w.App.Store.Read().Unit.Query().All(apptest.System)
	require.NoError(w.t, err)
	change := rapid.SampledFrom([]object{
		{"op": "replace", "path": enterprise + ":manager", "value": object{"value": c.id}},
		{"op": "remove", "path": enterprise + ":manager"},
		{"op": "replace", "path": enterprise + ":department", "value": rapid.SampledFrom(names).Draw(t, "unit").Name},
		{"op": "replace", "path": "addresses", "value": []object{{"country": "DE"}}},
	}).Draw(t, "change")
	return c.scim(w, http.MethodPatch, "/Users/"+w.somebody(t).String(), object{
		"schemas": []string{"urn:ietf:params:scim:api:messages:2.0:PatchOp"}, "Operations": []object{change},
	})
}

func (c *climber) seatPanel(t *rapid.T, w *climbers) string {
	five := []uuid.UUID{c.id}
	for _, name := range []string{"panelist1", "panelist4", "panelist5", "chair"} {
		five = append(five, w.ID(w.t, name))
	}
	if rapid.Bool().Draw(t, "others") {
		five[0] = w.ID(w.t, "panelist2")
	}
	return c.try(w, http.MethodPut, "/cases/"+rapid.SampledFrom(w.cases).Draw(t, "case").String()+"/seats", -1, object{"personIds": five, "chairId": five[1]})
}

func (c *climber) askEvaluation(_ *rapid.T, w *climbers) string {
	return c.try(w, http.MethodPost, "/audit/evaluations", -1, object{"purpose": "looking", "from": "2026-01-01", "to": "2026-11-23"})
}

func (c *climber) decideEvaluation(t *rapid.T, w *climbers) string {
	list, err := w.App.Store.Read().LogEvaluation.Query().All(apptest.System)
	require.NoError(w.t, err)
	if len(list) == 0 {
		return "nothing"
	}
	e := rapid.SampledFrom(list).Draw(t, "evaluation")
	return c.try(w, http.MethodPost, "/audit/evaluations/"+e.ID.String()+"/decision", e.Version, object{"allow": true})
}

func (c *climber) takeOver(t *rapid.T, w *climbers) string {
	return c.try(w, http.MethodPost, "/people/"+w.somebody(t).String()+"/handover/taken", -1, nil)
}
