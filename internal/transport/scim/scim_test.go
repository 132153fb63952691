package scim_test

import (
	"encoding/json"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/employment"
	"github.com/rung-hr/rung/ent/db/handover"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/ent/db/reportingline"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/platform/store/storetest"
)

func TestMain(m *testing.M) { storetest.Main(m) }

const (
	userSchema       = "urn:ietf:params:scim:schemas:core:2.0:User"
	groupSchema      = "urn:ietf:params:scim:schemas:core:2.0:Group"
	enterpriseSchema = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"
	patchSchema      = "urn:ietf:params:scim:api:messages:2.0:PatchOp"
)

type object = map[string]any

// provider is an identity provider with a token.
type provider struct {
	*apptest.Rung
	t      testing.TB
	client *apptest.Client
	secret string
}

func eachDatabase(t *testing.T, f func(t *testing.T, p provider)) {
	t.Helper()
	for name, address := range map[string]func(testing.TB) string{"sqlite": storetest.SQLiteURL, "postgres": storetest.PostgresURL} {
		t.Run(name, func(t *testing.T) { f(t, newProvider(t, apptest.Start(t, address(t)))) })
	}
}

func newProvider(t testing.TB, r *apptest.Rung) provider {
	t.Helper()
	return provider{r, t, r.Nobody(t), makeToken(t, r, "2027-06-30", "scim:read", "scim:write").Secret}
}

type token struct{ ID, Secret string }

func makeToken(t testing.TB, r *apptest.Rung, until string, scopes ...string) token {
	t.Helper()
	var made token
	r.As(t, "admin").Send(http.MethodPost, "/tokens", -1, object{"name": "Okta", "scopes": scopes, "expiresOn": until}, &made)
	return made
}

func (p provider) do(method, path string, body any) apptest.Answer {
	p.t.Helper()
	return p.client.Do(method, "/scim/v2"+path, map[string]string{"Authorization": "Bearer " + p.secret, "Content-Type": "application/scim+json"}, body)
}

// ok sends a request that must succeed and decodes the answer.
func (p provider) ok(method, path string, body any) object {
	p.t.Helper()
	res := p.do(method, path, body)
	require.Less(p.t, res.Status, 300, res.Text())
	require.Equal(p.t, "application/scim+json", res.Header.Get("Content-Type"))
	var out object
	if len(res.Body) > 0 {
		res.Into(p.t, &out)
	}
	return out
}

// refused sends a request that must be refused in the form of SCIM.
func (p provider) refused(method, path string, body any, status int, scimType string) string {
	p.t.Helper()
	res := p.do(method, path, body)
	require.Equal(p.t, status, res.Status, res.Text())
	var out struct {
		Schemas  []string
		Status   string
		ScimType string
		Detail   string
	}
	res.Into(p.t, &out)
	require.Equal(p.t, []string{"urn:ietf:params:scim:api:messages:2.0:Error"}, out.Schemas)
	require.Equal(p.t, http.StatusText(status), http.StatusText(atoi(p.t, out.Status)))
	require.Equal(p.t, scimType, out.ScimType, out.Detail)
	require.NotEmpty(p.t, out.Detail)
	return out.Detail
}

func atoi(t testing.TB, text string) int {
	t.Helper()
	var n int
	require.NoError(t, json.Unmarshal([]byte(text), &n))
	return n
}

func ada() object {
	return object{
		"schemas": []string{userSchema, enterpriseSchema}, "userName": "ada@new.example", "externalId": "00u1",
		"name": object{"givenName": "Ada", "familyName": "Lovelace"}, "displayName": "Ada Lovelace", "title": "Engineer", "active": true,
		"emails":         []object{{"value": "ada@new.example", "type": "work", "primary": true}},
		"addresses":      []object{{"type": "work", "locality": "Berlin", "country": "DE"}},
		"timezone":       "Europe/Berlin",
		enterpriseSchema: object{"employeeNumber": "N1", "department": "Research"},
	}
}

func patch(ops ...object) object { return object{"schemas": []string{patchSchema}, "Operations": ops} }

func op(name, path string, value any) object {
	o := object{"op": name}
	if path != "" {
		o["path"] = path
	}
	if value != nil {
		o["value"] = value
	}
	return o
}

func (p provider) row(id string) *db.Person {
	p.t.Helper()
	row, err := p.App.Store.Read().Person.Query().Where(person.ID(uuid.MustParse(id))).WithUnit().WithManager().Only(apptest.System)
	require.NoError(p.t, err)
	return row
}

func TestTheLifeOfAUser(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		manager := p.ID(t, "manager").String()
		body := ada()
		body[enterpriseSchema].(object)["manager"] = object{"value": manager}
		made := p.ok(http.MethodPost, "/Users", body)
		id := made["id"].(string)
		require.Equal(t, p.URL+"/scim/v2/Users/"+id, made["meta"].(object)["location"])
		require.Equal(t, "User", made["meta"].(object)["resourceType"])
		require.Equal(t, "00u1", made["externalId"])
		require.Equal(t, manager, made[enterpriseSchema].(object)["manager"].(object)["value"])
		row := p.row(id)
		require.Equal(t, []string{"Ada Lovelace", "ada@new.example", "Engineer", "Berlin", "DE", "Europe/Berlin", "Research"},
			[]string{row.Name, row.Email, row.Title, row.Location, row.Country, row.TimeZone, row.Edges.Unit.Name})
		lines, err := p.App.Store.Read().ReportingLine.Query().Where(reportingline.PersonID(row.ID)).Count(apptest.System)
		require.NoError(t, err)
		require.Greater(t, lines, 1, "the person reports to everybody above their manager")

		p.Clock.Advance(24 * time.Hour)
		body["title"] = "Senior engineer"
		require.Equal(t, "Senior engineer", p.ok(http.MethodPut, "/Users/"+id, body)["title"])
		spans, err := p.App.Store.Read().Employment.Query().Where(employment.PersonID(row.ID)).Order(db.Asc(employment.FieldValidFrom)).All(apptest.System)
		require.NoError(t, err)
		require.Len(t, spans, 2)
		require.Equal(t, []string{"2026-11-24", "2026-11-25", "hired"}, []string{string(spans[0].ValidFrom), string(spans[0].ValidTo), string(spans[0].Reason)})
		require.Equal(t, []string{"2026-11-25", "9999-12-31", "provisioned", "Senior engineer"}, []string{string(spans[1].ValidFrom), string(spans[1].ValidTo), string(spans[1].Reason), spans[1].Title})

		director := p.ID(t, "director").String()
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", enterpriseSchema+":manager", director)))
		require.Equal(t, director, p.row(id).ManagerID.String())
		moved, err := p.App.Store.Read().Handover.Query().Where(handover.PersonID(row.ID)).Only(apptest.System)
		require.NoError(t, err)
		require.Equal(t, []string{manager, director}, []string{moved.FromID.String(), moved.ToID.String()})

		require.Equal(t, http.StatusNoContent, p.do(http.MethodDelete, "/Users/"+id, nil).Status)
		require.Equal(t, http.StatusNoContent, p.do(http.MethodDelete, "/Users/"+id, nil).Status)
		require.Equal(t, false, p.ok(http.MethodGet, "/Users/"+id, nil)["active"])
		require.Equal(t, "2026-11-25", string(*p.row(id).EndedOn))
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("Replace", "", object{"active": "True"})))
		require.Equal(t, person.StatusActive, p.row(id).Status)
		require.Nil(t, p.row(id).EndedOn)

		for _, action := range []string{"person.added", "person.facts_changed", "person.left", "person.back"} {
			e, err := p.App.Store.Read().AuditEvent.Query().Where(auditevent.OwnerID(row.ID), auditevent.Action(action)).First(apptest.System)
			require.NoError(t, err, action)
			require.Equal(t, "SCIM token Okta", e.Reason)
		}
	})
}

func TestWhoIsDeactivatedIsOutWithTheNextRequest(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		browser := p.As(t, "engineer")
		browser.Get("/me", nil)
		id := p.ID(t, "engineer").String()
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("Replace", "", object{"active": "False"})))
		require.Equal(t, http.StatusUnauthorized, browser.Try(http.MethodGet, "/me", -1, nil).Status)
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "active", true)))
		require.Equal(t, http.StatusUnauthorized, browser.Try(http.MethodGet, "/me", -1, nil).Status, "the old session is gone for good")
		p.As(t, "engineer").Get("/me", nil)
	})
}

func TestWhatIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.ok(http.MethodPost, "/Users", ada())["id"].(string)
		with := func(key string, value any) object {
			b := ada()
			b["userName"], b["externalId"] = "other@new.example", "x"
			b["emails"] = []object{{"value": "other@new.example"}}
			b[enterpriseSchema] = object{}
			b[key] = value
			return b
		}
		p.refused(http.MethodPost, "/Users", ada(), 409, "uniqueness")
		p.refused(http.MethodPost, "/Users", with("userName", "ADA@new.example"), 409, "uniqueness")
		p.refused(http.MethodPost, "/Users", with("emails", []object{{"value": "engineer@demo.example"}}), 409, "uniqueness")
		p.refused(http.MethodPost, "/Users", with(enterpriseSchema, object{"employeeNumber": "N1"}), 409, "uniqueness")
		p.refused(http.MethodPost, "/Users", with("userName", ""), 400, "invalidValue")
		p.refused(http.MethodPost, "/Users", with("displayName", "a\x00b"), 400, "invalidValue")
		p.refused(http.MethodPost, "/Users", object{"userName": "x"}, 400, "invalidSyntax")
		p.refused(http.MethodPost, "/Users", []byte("{"), 400, "invalidSyntax")
		p.refused(http.MethodPost, "/Users", []byte("[]"), 400, "invalidSyntax")
		p.refused(http.MethodPost, "/Users", []byte(`{"x":"`+strings.Repeat("x", 1<<20)+`"}`), 413, "")
		p.refused(http.MethodGet, "/Users/"+uuid.NewString(), nil, 404, "")
		p.refused(http.MethodGet, "/Users/not-an-id", nil, 404, "")
		p.refused(http.MethodDelete, "/Users/"+uuid.NewString(), nil, 404, "")
		p.refused(http.MethodGet, "/Nothing", nil, 404, "")

		require.Contains(t, p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "shoeSize", "9")), 400, "invalidPath"), `"shoeSize"`)
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "", object{"shoeSize": "9"})), 400, "invalidPath")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "name.middle", "9")), 400, "invalidPath")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "emails[", "9")), 400, "invalidPath")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "id", "9")), 400, "mutability")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "meta.created", "9")), 400, "mutability")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", `emails[type eq "home"].value`, "a@b.example")), 400, "noTarget")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("remove", "", nil)), 400, "noTarget")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("move", "title", "x")), 400, "invalidSyntax")
		p.refused(http.MethodPatch, "/Users/"+id, object{"schemas": []string{patchSchema}}, 400, "invalidValue")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "active", "perhaps")), 400, "invalidValue")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("remove", "userName", nil)), 400, "invalidValue")
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", "title", "Lead"), op("replace", "shoeSize", "9")), 400, "invalidPath")
		require.Equal(t, "Engineer", p.row(id).Title, "nothing is half applied")
	})
}

func TestACircleOfManagersIsRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		manager, engineer := p.ID(t, "manager").String(), p.ID(t, "engineer").String()
		detail := p.refused(http.MethodPatch, "/Users/"+manager, patch(op("replace", enterpriseSchema+":manager.value", engineer)), 400, "invalidValue")
		require.Contains(t, detail, "circle")
		p.refused(http.MethodPatch, "/Users/"+manager, patch(op("replace", enterpriseSchema+":manager.value", manager)), 400, "invalidValue")
	})
}

func (p provider) find(what, filter string) []string {
	p.t.Helper()
	out := []string{}
	res := p.ok(http.MethodGet, "/"+what+"?filter="+url.QueryEscape(filter), nil)
	for _, r := range res["Resources"].([]any) {
		out = append(out, r.(object)["displayName"].(string))
	}
	require.EqualValues(p.t, len(out), res["totalResults"])
	return out
}

func TestFilters(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.ok(http.MethodPost, "/Users", ada())["id"].(string)
		for _, filter := range []string{
			`userName eq "ada@new.example"`, `USERNAME Eq "ADA@new.example"`, `externalId eq "00u1"`, `emails.value eq "ada@new.example"`,
			`emails[type eq "work"].value eq "ada@new.example"`, `emails[type eq "work" and value eq "ada@new.example"]`, `emails eq "ada@new.example"`,
			`displayName eq "ada lovelace"`, `displayName sw "Ada L"`, `userName sw "ada@new" and active eq true`, `id eq "` + id + `"`,
			`active eq "true" and employeeNumber eq "N1"`, `urn:ietf:params:scim:schemas:core:2.0:User:userName eq "ada@new.example"`,
		} {
			require.Equal(t, []string{"Ada Lovelace"}, p.find("Users", filter), filter)
		}
		for _, filter := range []string{`userName eq "nobody"`, `externalId eq "00U1"`, `id eq "x"`, `userName eq "ada@new.example" and active eq false`, `userName sw "a%"`, `displayName sw "ada_"`} {
			require.Empty(t, p.find("Users", filter), filter)
		}
		require.Equal(t, p.row(p.ID(t, "engineer").String()).Name, p.find("Users", `userName eq "engineer@demo.example"`)[0], "somebody from before SCIM is found by e-mail")
		for _, filter := range []string{
			`userName co "a"`, `title eq "x"`, `userName eq "a" or userName eq "b"`, `not (userName eq "a")`, `userName`, `(((`, `id sw "0"`,
			`active eq "perhaps"`, `userName gt "a"`, strings.Repeat("(", 3000), `userName pr`,
		} {
			detail := p.refused(http.MethodGet, "/Users?filter="+url.QueryEscape(filter), nil, 400, "invalidFilter")
			require.Contains(t, detail, "userName, externalId, emails.value", filter)
		}
		detail := p.refused(http.MethodGet, "/Users?filter="+url.QueryEscape("userName eq \"a\x00\""), nil, 400, "invalidValue")
		require.Contains(t, detail, "filter: it contains the character NUL")
	})
}

func TestPaging(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		seen := map[string]bool{}
		var total int
		for start := 1; ; start += 40 {
			res := p.ok(http.MethodGet, "/Users?count=40&startIndex="+itoa(start), nil)
			total = int(res["totalResults"].(float64))
			rows := res["Resources"].([]any)
			for _, r := range rows {
				seen[r.(object)["id"].(string)] = true
			}
			if len(rows) == 0 {
				break
			}
		}
		require.Len(t, seen, total)
		require.Equal(t, apptest.People, total)
		require.Empty(t, p.ok(http.MethodGet, "/Users?count=0", nil)["Resources"])
		two := p.Statements(func() { p.do(http.MethodGet, "/Users?count=2", nil) })
		require.Equal(t, two, p.Statements(func() { p.do(http.MethodGet, "/Users?count=100", nil) }), "statements do not grow with rows")
	})
}

func itoa(n int) string {
	b, _ := json.Marshal(n)
	return string(b)
}

func TestAttributes(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.ok(http.MethodPost, "/Users", ada())["id"].(string)
		only := p.ok(http.MethodGet, "/Users/"+id+"?attributes=userName,name.givenName", nil)
		require.ElementsMatch(t, []string{"schemas", "id", "userName", "name"}, keys(only))
		require.Equal(t, object{"givenName": "Ada"}, only["name"])
		without := p.ok(http.MethodGet, "/Users/"+id+"?excludedAttributes=emails,"+enterpriseSchema+":department", nil)
		require.NotContains(t, without, "emails")
		require.Equal(t, object{"employeeNumber": "N1"}, without[enterpriseSchema])
		p.ok(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "G", "members": []object{{"value": id}}})
		rows := p.ok(http.MethodGet, "/Groups?excludedAttributes=members", nil)["Resources"].([]any)
		require.NotContains(t, rows[0], "members")
	})
}

func keys(o object) []string {
	out := []string{}
	for k := range o {
		out = append(out, k)
	}
	return out
}

// allowRoles lets somebody in HR allow every role that waits for a second person.
func (p provider) allowRoles() {
	p.t.Helper()
	hr := p.As(p.t, "hr")
	var list struct {
		Items []struct {
			ID      string
			Version int
			State   string
			Group   string
		}
	}
	hr.Get("/roles/grants?limit=200", &list)
	for _, g := range list.Items {
		if g.State == "asked" && g.Group != "" {
			hr.Send(http.MethodPost, "/roles/grants/"+g.ID+"/decision", g.Version, object{"allow": true}, nil)
		}
	}
}

// Whoever makes a token answers for what is pushed with it, and gains nothing.
func TestATokenGivesItsMakerNothing(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		admin, engineer := p.ID(t, "admin").String(), p.ID(t, "engineer").String()
		p.ok(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "rung-hr", "members": []object{{"value": admin}}})
		require.Equal(t, []string{"admin"}, p.row(admin).Roles)
		require.Equal(t, http.StatusForbidden, p.As(t, "admin").Do(http.MethodGet, "/api/v1/bands/comparison", nil, nil).Status)

		was := p.row(engineer)
		p.ok(http.MethodPatch, "/Users/"+engineer, patch(op("replace", enterpriseSchema+":manager", object{"value": admin}), op("replace", "title", "Pushed")))
		now := p.row(engineer)
		require.Equal(t, was.ManagerID, now.ManagerID, "somebody else must say so")
		require.Equal(t, "Pushed", now.Title, "the rest arrives")
		p.ok(http.MethodPatch, "/Users/"+engineer, patch(op("replace", enterpriseSchema+":manager", object{"value": admin})))
		withheld, err := p.App.Store.Read().AuditEvent.Query().Where(auditevent.Action("person.facts_withheld")).Only(apptest.System)
		require.NoError(t, err)
		require.Equal(t, map[string]string{"what": "manager"}, withheld.Facts)
	})
}

func TestGroupsGiveRoles(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.ok(http.MethodPost, "/Users", ada())["id"].(string)
		roles := func() []string { p.allowRoles(); return p.row(id).Roles }
		made := p.ok(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "rung-comp", "externalId": "g1", "members": []object{{"value": id}}})
		group := "/Groups/" + made["id"].(string)
		require.Equal(t, []string{"comp"}, roles())
		require.Equal(t, "Ada Lovelace", made["members"].([]any)[0].(object)["display"])
		p.ok(http.MethodPatch, group, patch(op("replace", "displayName", "other")))
		require.Empty(t, roles(), "the name gives the role")
		p.ok(http.MethodPatch, group, patch(op("replace", "", object{"id": made["id"], "displayName": "rung-auditor"})))
		require.Equal(t, []string{"auditor"}, roles())
		p.ok(http.MethodPatch, group, patch(op("remove", `members[value eq "`+id+`"]`, nil)))
		require.Empty(t, roles())
		p.ok(http.MethodPatch, group, patch(op("Add", "members", []object{{"value": id}, {"value": p.ID(t, "engineer").String()}})))
		require.Equal(t, []string{"auditor"}, roles())
		p.ok(http.MethodPatch, group, patch(op("Add", "members", []object{{"value": id}})))
		require.Len(t, p.ok(http.MethodGet, group, nil)["members"], 2, "adding again adds nothing")
		require.Equal(t, []string{"rung-auditor"}, p.find("Groups", `members[value eq "`+id+`"]`))
		require.Equal(t, []string{"rung-auditor"}, p.find("Groups", `displayName eq "RUNG-AUDITOR" and externalId eq "g1"`))
		p.ok(http.MethodPatch, group, patch(op("Remove", "members", []object{{"value": id}})))
		require.Empty(t, roles())
		require.Len(t, p.ok(http.MethodGet, group, nil)["members"], 1)
		p.ok(http.MethodPut, group, object{"schemas": []string{groupSchema}, "displayName": "rung-auditor", "members": []object{{"value": id}}})
		require.Equal(t, []string{"auditor"}, roles())
		p.refused(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "Rung-Auditor"}, 409, "uniqueness")
		p.refused(http.MethodPatch, group, patch(op("add", "members", []object{{"value": uuid.NewString()}})), 400, "invalidValue")
		p.refused(http.MethodPatch, group, patch(op("add", "owners", []object{{"value": id}})), 400, "invalidPath")
		p.refused(http.MethodGet, "/Groups?filter="+url.QueryEscape(`displayName co "x"`), nil, 400, "invalidFilter")
		require.Equal(t, http.StatusNoContent, p.do(http.MethodDelete, group, nil).Status)
		require.Empty(t, roles())
		p.refused(http.MethodGet, group, nil, 404, "")
		p.refused(http.MethodDelete, group, nil, 404, "")
	})
}

func TestTokensOpenTheDoor(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		knock := func(secret, method string) apptest.Answer {
			return p.client.Do(method, "/scim/v2/Users", map[string]string{"Authorization": secret}, ada())
		}
		for _, secret := range []string{"", "Bearer", "Bearer wrong", "Basic " + p.secret, p.secret, "Bearer " + strings.ToUpper(p.secret)} {
			res := knock(secret, http.MethodGet)
			require.Equal(t, http.StatusUnauthorized, res.Status, secret)
			require.Contains(t, res.Header.Get("WWW-Authenticate"), "Bearer")
		}
		require.Equal(t, http.StatusUnauthorized, p.As(t, "admin").Do(http.MethodGet, "/scim/v2/Users", nil, nil).Status, "a session is no token")
		reading := makeToken(t, p.Rung, "2026-11-30", "scim:read")
		require.True(t, strings.HasPrefix(reading.Secret, "rung_scim_"))
		require.Equal(t, http.StatusOK, knock("Bearer "+reading.Secret, http.MethodGet).Status)
		require.Equal(t, http.StatusForbidden, knock("Bearer "+reading.Secret, http.MethodPost).Status)

		p.Clock.Set(time.Date(2026, 11, 30, 23, 59, 0, 0, time.UTC))
		require.Equal(t, http.StatusOK, knock("Bearer "+reading.Secret, http.MethodGet).Status)
		p.Clock.Set(time.Date(2026, 12, 1, 0, 0, 0, 0, time.UTC))
		require.Equal(t, http.StatusUnauthorized, knock("Bearer "+reading.Secret, http.MethodGet).Status, "it has expired")

		admin := p.As(t, "admin")
		admin.Send(http.MethodDelete, "/tokens/"+makeToken(t, p.Rung, "2027-01-01", "scim:read").ID, -1, nil, nil)
		var list struct{ Items []object }
		text := admin.Get("/tokens", &list).Text()
		require.Len(t, list.Items, 3)
		require.Equal(t, []any{"revoked", "expired", "active"}, []any{list.Items[0]["state"], list.Items[1]["state"], list.Items[2]["state"]})
		require.NotContains(t, text, p.secret[len("rung_scim_"):])
		rows, err := p.App.Store.Read().Token.Query().All(apptest.System)
		require.NoError(t, err)
		for _, r := range rows {
			require.Len(t, r.TokenHash, 32)
		}
		require.NotContains(t, p.Log.String(), p.secret, "no secret in the log")
	})
}

func TestUseIsNotedOnceAMinute(t *testing.T) {
	p := newProvider(t, apptest.Start(t, storetest.SQLiteURL(t)))
	used := func() *time.Time {
		row, err := p.App.Store.Read().Token.Query().Only(apptest.System)
		require.NoError(t, err)
		return row.UsedAt
	}
	require.Nil(t, used())
	p.ok(http.MethodGet, "/Users?count=1", nil)
	first := *used()
	p.Clock.Advance(59 * time.Second)
	p.ok(http.MethodGet, "/Users?count=1", nil)
	require.Equal(t, first, *used())
	p.Clock.Advance(time.Second)
	p.ok(http.MethodGet, "/Users?count=1", nil)
	require.Equal(t, first.Add(time.Minute), *used())
}

func TestTokensAreMadeByAdministrators(t *testing.T) {
	r := apptest.Start(t, storetest.SQLiteURL(t))
	for _, who := range []string{"engineer", "hr", "auditor", "owner"} {
		require.Equal(t, http.StatusForbidden, r.As(t, who).Try(http.MethodGet, "/tokens", -1, nil).Status, who)
	}
	admin := r.As(t, "admin")
	for _, body := range []object{
		{"name": "", "scopes": []string{"scim:read"}, "expiresOn": "2027-01-01"}, {"name": "x", "scopes": []string{}, "expiresOn": "2027-01-01"},
		{"name": "x", "scopes": []string{"all"}, "expiresOn": "2027-01-01"}, {"name": "x", "scopes": []string{"scim:read"}, "expiresOn": "2026-11-23"},
		{"name": "x", "scopes": []string{"scim:read"}, "expiresOn": "2027-11-25"},
	} {
		require.Equal(t, http.StatusUnprocessableEntity, admin.Try(http.MethodPost, "/tokens", -1, body).Status, body)
	}
	admin.Send(http.MethodPost, "/tokens", -1, object{"name": "x", "scopes": []string{"scim:read"}, "expiresOn": "2027-11-24"}, nil)
}

func TestDiscovery(t *testing.T) {
	p := newProvider(t, apptest.Start(t, storetest.SQLiteURL(t)))
	cfg := p.ok(http.MethodGet, "/ServiceProviderConfig", nil)
	require.Equal(t, object{"supported": true}, cfg["patch"])
	require.Equal(t, "oauthbearertoken", cfg["authenticationSchemes"].([]any)[0].(object)["type"])
	require.EqualValues(t, 2, p.ok(http.MethodGet, "/ResourceTypes", nil)["totalResults"])
	ids := []any{}
	for _, s := range p.ok(http.MethodGet, "/Schemas", nil)["Resources"].([]any) {
		ids = append(ids, s.(object)["id"])
	}
	require.Subset(t, ids, []any{userSchema, groupSchema, enterpriseSchema})
	require.Equal(t, userSchema, p.ok(http.MethodGet, "/Schemas/"+userSchema, nil)["id"])
}

// Okta, Entra ID and JumpCloud send these against the letter of the standard.
func TestFormsOfProviders(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.ok(http.MethodPost, "/Users", ada())["id"].(string)
		for _, c := range []struct {
			body  object
			check func(*db.Person)
		}{
			{patch(op("Replace", `emails[type eq "work"].value`, "ada.l@new.example")), func(r *db.Person) { require.Equal(t, "ada.l@new.example", r.Email) }},
			{patch(op("Add", `addresses[type eq "work"].country`, "fr"), op("Replace", `addresses[type eq "work"].locality`, "Paris")), func(r *db.Person) {
				require.Equal(t, []string{"FR", "Paris"}, []string{r.Country, r.Location})
			}},
			{patch(op("Replace", "", object{"name.familyName": "King", enterpriseSchema + ":department": "Design"})), func(r *db.Person) {
				require.Equal(t, []string{"Ada King", "Design"}, []string{r.Name, r.Edges.Unit.Name})
			}},
			{patch(op("Add", "", object{enterpriseSchema: object{"employeeNumber": "N2", "costCenter": "4"}, "nickName": "A", "title": "Lead"})), func(r *db.Person) {
				require.Equal(t, []string{"N2", "Lead"}, []string{*r.EmployeeNo, r.Title})
			}},
			{patch(op("Add", `phoneNumbers[type eq "work"].value`, "1")), func(r *db.Person) { require.Equal(t, "Lead", r.Title) }},
			{patch(op("Replace", "title", nil)), func(r *db.Person) { require.Empty(t, r.Title) }},
			{patch(op("Replace", "displayName", "Ada Byron")), func(r *db.Person) { require.Equal(t, "Ada Byron", r.Name) }},
			{patch(op("Remove", `addresses[type eq "work"]`, nil)), func(r *db.Person) { require.Empty(t, r.Location+r.Country) }},
		} {
			res := p.ok(http.MethodPatch, "/Users/"+id, c.body)
			require.Equal(t, id, res["id"])
			c.check(p.row(id))
		}
		body := ada()
		body["active"] = "False"
		delete(body, enterpriseSchema)
		p.ok(http.MethodPut, "/Users/"+id, body)
		require.Equal(t, person.StatusInactive, p.row(id).Status)
		require.Equal(t, "Design", p.row(id).Edges.Unit.Name, "what a PUT leaves out stays")
	})
}
