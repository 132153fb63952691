package scim_test

import (
	"context"
	"fmt"
	"io"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/google/uuid"
	"github.com/stretchr/testify/require"

	"github.com/rung-hr/rung/ent/db"
	"github.com/rung-hr/rung/ent/db/auditevent"
	"github.com/rung-hr/rung/ent/db/person"
	"github.com/rung-hr/rung/internal/dev/apptest"
	"github.com/rung-hr/rung/internal/domain/people/importing"
	"github.com/rung-hr/rung/internal/platform/sheet"
	"github.com/rung-hr/rung/internal/platform/txmark"
)

const reportSchema = "urn:ietf:params:scim:schemas:extension:rung:2.0:User"

// somebody is a person with as little as a provider sends.
func somebody(key string, more ...object) object {
	body := object{"schemas": []string{userSchema}, "userName": key + "@new.example", "emails": []object{{"value": key + "@new.example", "primary": true}}}
	for _, o := range more {
		maps.Copy(body, o)
	}
	return body
}

func (p provider) add(body object) (id string) {
	p.t.Helper()
	return p.ok(http.MethodPost, "/Users", body)["id"].(string)
}

// notTaken is what the provider reads about attributes that could not be used.
func (p provider) notTaken(id string) map[string]string {
	p.t.Helper()
	out := map[string]string{}
	report, _ := p.ok(http.MethodGet, "/Users/"+id, nil)[reportSchema].(object)
	list, _ := report["notTaken"].([]any)
	for _, e := range list {
		o := e.(object)
		require.NotEmpty(p.t, o["reason"])
		out[o["attribute"].(string)] = o["value"].(string)
	}
	return out
}

func (p provider) recorded(id, action string) int {
	p.t.Helper()
	n, err := p.App.Store.Read().AuditEvent.Query().
		Where(auditevent.OwnerID(uuid.MustParse(id)), auditevent.Action(action)).Count(apptest.System)
	require.NoError(p.t, err)
	return n
}

func TestNamesAreKeptAsSent(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for i, n := range []struct{ given, family string }{
			{"Ana", "de la Cruz"}, {"Ana María", "de la Cruz Pérez"}, {"Jean-Luc Marie", "van der Berg"}, {"", "Suharto"}, {"Björk", ""}, {"\u592a\u90ce", "\u5c71\u7530"},
		} {
			whole := strings.TrimSpace(n.given + " " + n.family)
			name := object{}
			if n.given != "" {
				name["givenName"] = n.given
			}
			if n.family != "" {
				name["familyName"] = n.family
			}
			id := p.add(somebody(fmt.Sprintf("as-sent-%d", i), object{"name": name}))
			same := func() {
				t.Helper()
				got := p.ok(http.MethodGet, "/Users/"+id, nil)
				want := object{"formatted": whole}
				maps.Copy(want, name)
				require.Equal(t, want, got["name"])
				require.Equal(t, whole, got["displayName"], "it follows from the parts")
				require.Equal(t, whole, p.row(id).Name)
			}
			same()
			for range 2 {
				if n.family != "" {
					p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "name.familyName", n.family)))
				}
				p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "title", "Engineer")))
				read := p.ok(http.MethodGet, "/Users/"+id, nil)
				p.ok(http.MethodPut, "/Users/"+id, read)
				same()
			}
		}
		id := p.add(somebody("ana", object{"name": object{"givenName": "Ana", "familyName": "de la Cruz"}, "displayName": "Anita"}))
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "name.familyName", "von Bergen")))
		got := p.ok(http.MethodGet, "/Users/"+id, nil)
		require.Equal(t, []any{"Ana", "von Bergen", "Anita"}, []any{got["name"].(object)["givenName"], got["name"].(object)["familyName"], got["displayName"]})
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("remove", "displayName", nil)))
		require.Equal(t, "Ana von Bergen", p.row(id).Name)

		engineer := p.ID(t, "engineer").String()
		known := p.row(engineer).Name
		require.Equal(t, object{"formatted": known}, p.ok(http.MethodGet, "/Users/"+engineer, nil)["name"], "a name from a file is not split")
		p.ok(http.MethodPatch, "/Users/"+engineer, patch(op("replace", "name.familyName", "Okafor")))
		require.Equal(t, known, p.row(engineer).Name, "one part is not the name")
		require.NotEmpty(t, p.ok(http.MethodPost, "/Users", somebody("nameless"))["displayName"], "a person without a name is kept")
	})
}

// A person whom the provider describes oddly is still here; what is odd is told to
// the provider, to HR and to the trail.
func TestASideAttributeNeverRefusesAPerson(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		hr := p.As(t, "hr")
		for i, c := range []struct {
			attribute, path string
			odd             string
			good            string
			body            func(string) object
			column          func(id string) string
		}{
			{"addresses.country", `addresses[type eq "work"].country`, "Germany", "DE", func(v string) object {
				return object{"addresses": []object{{"type": "work", "locality": "Berlin", "country": v}}}
			}, func(id string) string { return p.row(id).Country }},
			{"addresses.country", `addresses[type eq "work"].country`, "D", "FR", func(v string) object { return object{"addresses": []object{{"type": "work", "country": v}}} }, func(id string) string { return p.row(id).Country }},
			{"addresses.locality", `addresses[type eq "work"].locality`, strings.Repeat("far away", 20), "Oslo", func(v string) object { return object{"addresses": []object{{"type": "work", "locality": v}}} }, func(id string) string { return p.row(id).Location }},
			{"addresses.locality", `addresses[type eq "work"].locality`, "Ber\u200blin", "Berlin", func(v string) object { return object{"addresses": []object{{"type": "work", "locality": v}}} }, func(id string) string { return p.row(id).Location }},
			{"timezone", "timezone", "Nowhere/City", "Asia/Tokyo", func(v string) object { return object{"timezone": v} }, func(id string) string { return p.row(id).TimeZone }},
			{"timezone", "timezone", "W. Europe Standard Time", "Europe/Berlin", func(v string) object { return object{"timezone": v} }, func(id string) string { return p.row(id).TimeZone }},
			{"title", "title", strings.Repeat("x", 250), "Lead", func(v string) object { return object{"title": v} }, func(id string) string { return p.row(id).Title }},
			{"department", enterpriseSchema + ":department", "R\u202eD", "Lab", func(v string) object { return object{enterpriseSchema: object{"department": v}} }, func(id string) string {
				if u := p.row(id).Edges.Unit; u != nil {
					return u.Name
				}
				return ""
			}},
			{"employeeNumber", enterpriseSchema + ":employeeNumber", "N\uFEFF1", "N1", func(v string) object { return object{enterpriseSchema: object{"employeeNumber": v}} }, func(id string) string {
				if no := p.row(id).EmployeeNo; no != nil {
					return *no
				}
				return ""
			}},
			{"manager", enterpriseSchema + ":manager", "boss-of-all", p.ID(t, "manager").String(), func(v string) object {
				return object{enterpriseSchema: object{"manager": object{"value": v}}}
			}, func(id string) string {
				if m := p.row(id).ManagerID; m != nil {
					return m.String()
				}
				return ""
			}},
		} {
			name := fmt.Sprintf("%s %q", c.attribute, c.odd)
			body := somebody(fmt.Sprintf("side-%d", i), c.body(c.odd), object{"displayName": "Side " + fmt.Sprint(i)})
			id := p.add(body)
			before := c.column(id)
			require.Contains(t, []string{"", "UTC"}, before, name)
			require.Equal(t, map[string]string{c.attribute: c.odd}, p.notTaken(id), name)
			require.Equal(t, 1, p.recorded(id, "person.attributes_not_taken"), name)
			var profile struct {
				NotTaken []struct{ Attribute, Value, Reason string }
			}
			hr.Get("/people/"+id, &profile)
			require.Len(t, profile.NotTaken, 1, name)
			require.NotContains(t, p.As(t, "engineer").Get("/people/"+id, nil).Text(), "notTaken", "it is HR's to mend")

			p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "displayName", "Renamed")))
			p.ok(http.MethodPut, "/Users/"+id, p.ok(http.MethodGet, "/Users/"+id, nil))
			require.Equal(t, map[string]string{c.attribute: c.odd}, p.notTaken(id), "it stays until something better comes: "+name)
			require.Equal(t, 1, p.recorded(id, "person.attributes_not_taken"), "and is recorded once")

			p.ok(http.MethodPatch, "/Users/"+id, patch(op("Add", c.path, c.good)))
			require.Empty(t, p.notTaken(id), name)
			require.Equal(t, c.good, c.column(id), name)
			p.ok(http.MethodPatch, "/Users/"+id, patch(op("Replace", c.path, c.odd)))
			require.Equal(t, c.good, c.column(id), "what cannot be used changes nothing: "+name)
			require.Equal(t, map[string]string{c.attribute: c.odd}, p.notTaken(id), name)
			p.ok(http.MethodPatch, "/Users/"+id, patch(op("Remove", c.path, nil)))
			require.Empty(t, p.notTaken(id), name)
			require.Contains(t, []string{"", "UTC"}, c.column(id), name)
		}
	})
}

// Managers are named by every id that a provider has, before they are here.
func TestAManagerWhoComesLaterIsTheManager(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for i, c := range []struct {
			named string
			comes object
		}{
			{"00u-boss", object{"externalId": "00u-boss"}},
			{"Boss-1@New.example", object{}},
			{"M-77", object{enterpriseSchema: object{"employeeNumber": "M-77"}}},
		} {
			waiting := p.add(somebody(fmt.Sprintf("waits-%d", i), object{enterpriseSchema: object{"manager": object{"value": c.named}}}))
			require.Nil(t, p.row(waiting).ManagerID)
			require.Equal(t, map[string]string{"manager": c.named}, p.notTaken(waiting))
			require.Equal(t, c.named, p.ok(http.MethodGet, "/Users/"+waiting, nil)[enterpriseSchema].(object)["manager"].(object)["value"], "the provider reads what it wrote")
			boss := p.add(somebody(fmt.Sprintf("boss-%d", i), c.comes))
			require.Equal(t, boss, p.row(waiting).ManagerID.String(), c.named)
			require.Empty(t, p.notTaken(waiting))
			require.Equal(t, boss, p.ok(http.MethodGet, "/Users/"+waiting, nil)[enterpriseSchema].(object)["manager"].(object)["value"])
			require.Positive(t, p.recorded(waiting, "person.facts_changed"))
		}

		// Somebody who was here already comes to go by the name.
		waiting := p.add(somebody("waits-on", object{enterpriseSchema: object{"manager": object{"value": "late"}}}))
		lead := p.ID(t, "lead").String()
		p.ok(http.MethodPatch, "/Users/"+lead, patch(op("add", "externalId", "late")))
		require.Equal(t, lead, p.row(waiting).ManagerID.String())

		// Who is named wrongly can be un-named, and somebody who left is nobody's manager.
		p.ok(http.MethodPatch, "/Users/"+waiting, patch(op("replace", enterpriseSchema+":manager", object{"value": "no-such"})))
		require.Equal(t, lead, p.row(waiting).ManagerID.String(), "until the new one is here, the old one stays")
		for _, nobody := range []any{nil, "", object{"value": ""}, object{"value": nil}} {
			p.ok(http.MethodPatch, "/Users/"+waiting, patch(op("replace", enterpriseSchema+":manager", object{"value": "no-such"})))
			p.ok(http.MethodPatch, "/Users/"+waiting, patch(op("replace", enterpriseSchema+":manager", nobody)))
			require.Nil(t, p.row(waiting).ManagerID, "%v", nobody)
			require.Empty(t, p.notTaken(waiting), "%v", nobody)
		}
		gone := p.add(somebody("gone", object{"active": false, "externalId": "gone"}))
		p.ok(http.MethodPatch, "/Users/"+waiting, patch(op("add", enterpriseSchema+":manager.value", gone)))
		require.Nil(t, p.row(waiting).ManagerID)
		p.ok(http.MethodPatch, "/Users/"+gone, patch(op("replace", "active", "True")))
		require.Equal(t, gone, p.row(waiting).ManagerID.String(), "until they come back")

		// Two of the same name are none.
		two := p.add(somebody("waits-two", object{enterpriseSchema: object{"manager": object{"value": "twin"}}}))
		one := p.add(somebody("twin-1", object{"externalId": "twin"}))
		require.Equal(t, one, p.row(two).ManagerID.String())
		p.add(somebody("twin-2", object{"externalId": "twin"}))
		three := p.add(somebody("waits-three", object{enterpriseSchema: object{"manager": object{"value": "twin"}}}))
		require.Nil(t, p.row(three).ManagerID)
		require.Equal(t, map[string]string{"manager": "twin"}, p.notTaken(three))

		// A circle is not closed by waiting.
		a := p.add(somebody("circle-a", object{enterpriseSchema: object{"manager": object{"value": "circle-b@new.example"}}}))
		b := p.add(somebody("circle-b", object{enterpriseSchema: object{"manager": object{"value": a}}}))
		require.Nil(t, p.row(a).ManagerID)
		require.Equal(t, a, p.row(b).ManagerID.String())
		require.Equal(t, map[string]string{"manager": "circle-b@new.example"}, p.notTaken(a))
	})
}

// Naming a manager before they are here is no way round the guard: whoever named
// them does not become the manager, whoever brings the name.
func TestWaitingGivesNobodyARight(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		admin := p.ID(t, "admin").String()
		// The admin's token names a manager whom nobody goes by, and then calls the admin so.
		waiting := p.add(somebody("waits", object{enterpriseSchema: object{"manager": object{"value": "me-soon"}}}))
		p.ok(http.MethodPatch, "/Users/"+admin, patch(op("add", "externalId", "me-soon")))
		require.Nil(t, p.row(waiting).ManagerID)
		require.Equal(t, 1, p.recorded(waiting, "person.facts_withheld"))
		require.Contains(t, p.notTaken(waiting), "manager")

		// The same when somebody else brings the name, with a file.
		second := p.add(somebody("waits-file", object{enterpriseSchema: object{"manager": object{"value": "E-ADMIN"}}}))
		row := p.row(admin)
		file := "employee id,name,work email\nE-ADMIN," + row.Name + "," + row.Email + "\n"
		require.NoError(t, p.App.Store.InTx(apptest.System, clearNumber(row.ID)))
		importFile(t, p.Rung, file)
		require.Equal(t, "E-ADMIN", *p.row(admin).EmployeeNo)
		require.Nil(t, p.row(second).ManagerID)

		// Somebody in HR may still say so, and then nobody waits.
		hr := p.As(t, "hr")
		var profile struct{ Version int }
		hr.Get("/people/"+second, &profile)
		hr.Send(http.MethodPost, "/people/"+second+"/changes", profile.Version, object{"on": "2026-11-24", "managerId": admin}, nil)
		require.Equal(t, admin, p.row(second).ManagerID.String())
		require.Empty(t, p.row(second).ManagerRef)
		require.Empty(t, p.notTaken(second))
	})
}

func TestAnImportBringsTheManagerWhomSomebodyWaitsFor(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		waiting := p.add(somebody("waits", object{enterpriseSchema: object{"manager": object{"value": "F-1"}}}))
		importFile(t, p.Rung, "employee id,name,work email\nF-1,Fay Ito,fay@new.example\n")
		fay, err := p.App.Store.Read().Person.Query().Where(person.Email("fay@new.example")).Only(apptest.System)
		require.NoError(t, err)
		require.Equal(t, fay.ID, *p.row(waiting).ManagerID)
		require.Empty(t, p.notTaken(waiting))
	})
}

func TestWhatSaysNothingAboutBeingActiveDeactivatesNobody(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.add(somebody("here", object{"active": nil}))
		active := func() { t.Helper(); require.Equal(t, person.StatusActive, p.row(id).Status) }
		active()
		p.ok(http.MethodPut, "/Users/"+id, somebody("here", object{"active": nil}))
		p.ok(http.MethodPut, "/Users/"+id, somebody("here", object{"ACTIVE": nil}))
		p.ok(http.MethodPut, "/Users/"+id, somebody("here"))
		active()
		for _, o := range []object{
			{"op": "replace", "path": "active", "value": nil}, {"op": "replace", "value": object{"active": nil}}, op("remove", "active", nil),
			op("add", userSchema+":active", nil), op("replace", "active", "maybe"), op("replace", "active", ""), op("replace", "active", 0), op("replace", "active", []any{}),
		} {
			p.refused(http.MethodPatch, "/Users/"+id, patch(o), 400, "invalidValue")
			active()
		}
		for _, no := range []any{"False", "false", "FALSE", false} {
			p.ok(http.MethodPatch, "/Users/"+id, patch(op("Replace", "Active", no)))
			require.Equal(t, person.StatusInactive, p.row(id).Status)
			p.ok(http.MethodPut, "/Users/"+id, somebody("here", object{"active": "True"}))
			active()
		}
	})
}

// Names of schemas, attributes and operations are the same in any case.
func TestCaseMakesNoDifference(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for i, shout := range []func(string) string{strings.ToUpper, strings.ToLower, func(s string) string { return s }} {
			key := fmt.Sprintf("case-%d@new.example", i)
			body := object{
				shout("schemas"): []string{shout(userSchema), shout(enterpriseSchema)}, shout("userName"): key, shout("externalId"): "case-" + fmt.Sprint(i), shout("title"): "One",
				shout("name"):           object{shout("givenName"): "Cas", shout("familyName"): "E"},
				shout("emails"):         []object{{shout("value"): key, shout("type"): "work", shout("primary"): "TRUE"}},
				shout(enterpriseSchema): object{shout("employeeNumber"): fmt.Sprintf("C%d", i), shout("manager"): object{shout("value"): p.ID(t, "manager").String()}},
			}
			id := p.add(body)
			require.Equal(t, p.ID(t, "manager"), *p.row(id).ManagerID)
			require.Equal(t, "case-"+fmt.Sprint(i), p.row(id).ExternalID)
			body[shout("title")] = "Two"
			body[shout(enterpriseSchema)] = object{shout("department"): "Case"}
			p.ok(http.MethodPut, "/Users/"+id, body)
			require.Equal(t, []string{"Two", "Case", fmt.Sprintf("C%d", i)}, []string{p.row(id).Title, p.row(id).Edges.Unit.Name, *p.row(id).EmployeeNo})
			for _, o := range []object{
				{shout("op"): shout("replace"), shout("path"): shout("title"), shout("value"): "Three"},
				{shout("op"): shout("add"), shout("path"): shout(userSchema + ":title"), shout("value"): "Three"},
				{shout("op"): shout("replace"), shout("value"): object{shout("title"): "Three"}},
				{shout("op"): shout("replace"), shout("value"): object{shout(userSchema + ":title"): "Three"}},
			} {
				p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "title", "Two")))
				p.ok(http.MethodPatch, "/Users/"+id, object{shout("schemas"): []string{shout(patchSchema)}, shout("Operations"): []object{o}})
				require.Equal(t, "Three", p.row(id).Title, o)
			}
			for _, o := range []object{
				{"op": shout("replace"), "path": shout(enterpriseSchema + ":department"), "value": "Nook"},
				{"op": shout("add"), "value": object{shout(enterpriseSchema): object{shout("department"): "Nook"}}},
				{"op": shout("add"), "value": object{shout(enterpriseSchema + ":department"): "Nook"}},
				{"op": shout("add"), "path": shout(enterpriseSchema), "value": object{shout("department"): "Nook"}},
			} {
				p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", enterpriseSchema+":department", "Case")))
				p.ok(http.MethodPatch, "/Users/"+id, patch(o))
				require.Equal(t, "Nook", p.row(id).Edges.Unit.Name, o)
			}
			for _, filter := range []string{"userName", userSchema + ":userName", "emails.value", "emails"} {
				require.Equal(t, []string{"Cas E"}, p.find("Users", shout(filter)+" "+shout("eq")+` "`+key+`"`), filter)
			}
			require.Equal(t, []string{"Cas E"}, p.find("Users", shout(enterpriseSchema+":employeeNumber")+fmt.Sprintf(` eq "C%d"`, i)))
			group := p.ok(http.MethodPost, "/Groups", object{shout("schemas"): []string{shout(groupSchema)}, shout("displayName"): fmt.Sprint("Case ", i), shout("members"): []object{{shout("value"): id}}})
			require.Len(t, group["members"], 1)
			p.ok(http.MethodPatch, "/Groups/"+group["id"].(string), patch(object{"op": shout("remove"), "path": shout("members") + "[" + shout("value") + " " + shout("eq") + ` "` + id + `"]`}))
			require.NotContains(t, p.ok(http.MethodGet, "/Groups/"+group["id"].(string), nil), "members")
		}
	})
}

func TestNothingEqualsNobody(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for _, filter := range []string{
			`externalId eq ""`, `externalId eq null`, `userName eq ""`, `userName eq null`, `emails.value eq ""`, `displayName eq ""`, `employeeNumber eq ""`,
			`id eq ""`, `externalId eq "" and active eq true`, `emails[type eq "work" and value eq ""]`,
		} {
			require.Empty(t, p.find("Users", filter), filter)
		}
		p.ok(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "Empty"})
		for _, filter := range []string{`externalId eq ""`, `displayName eq ""`, `members.value eq ""`, `id eq ""`, `externalId eq null`} {
			require.Empty(t, p.find("Groups", filter), filter)
		}
	})
}

func TestWhatCannotBeAskedIsRefusedByName(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for _, list := range []string{"/Users", "/Groups"} {
			for _, name := range []string{"shoeSize", "name.shoe", "urn:example:shoe", "urn:example:User:userName", userSchema + ":shoeSize", enterpriseSchema + ":shoeSize"} {
				for _, parameter := range []string{"sortBy", "attributes", "excludedAttributes"} {
					detail := p.refused(http.MethodGet, list+"?"+parameter+"="+url.QueryEscape(name), nil, 400, "invalidPath")
					require.Contains(t, strings.ToLower(detail), strings.ToLower(name))
				}
				p.refused(http.MethodGet, list+"?filter="+url.QueryEscape(name+` eq "x"`), nil, 400, "invalidFilter")
			}
			p.refused(http.MethodGet, list+"?sortBy=displayName&sortOrder=upwards", nil, 400, "invalidValue")
			p.refused(http.MethodGet, list+"?filter="+url.QueryEscape(`externalId eq 5`), nil, 400, "invalidFilter")
		}
		for _, known := range []string{"userName", "name.familyName", "nickName", "phoneNumbers", "meta", "groups", "externalId", enterpriseSchema, enterpriseSchema + ":manager", enterpriseSchema + ":costCenter", strings.ToUpper(userSchema) + ":title", reportSchema, "schemas,id"} {
			p.ok(http.MethodGet, "/Users?count=1&attributes="+url.QueryEscape(known), nil)
		}
	})
}

func TestListsAreSorted(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for _, key := range []string{"b", "c", "a"} {
			p.add(somebody("sort-"+key, object{"displayName": "Sort " + key, "externalId": "s" + key, enterpriseSchema: object{"employeeNumber": "S" + key}}))
			p.ok(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "Sort " + key, "externalId": "s" + key})
		}
		names := func(query string) []string {
			t.Helper()
			var out []string
			for _, r := range p.ok(http.MethodGet, query+"&filter="+url.QueryEscape(`displayName sw "Sort "`), nil)["Resources"].([]any) {
				out = append(out, r.(object)["displayName"].(string))
			}
			return out
		}
		up, age := []string{"Sort a", "Sort b", "Sort c"}, []string{"Sort b", "Sort c", "Sort a"}
		for _, by := range []string{"userName", "USERNAME", "displayName", "externalId", "emails", "emails.value", userSchema + ":userName", enterpriseSchema + ":employeeNumber"} {
			require.Equal(t, up, names("/Users?sortBy="+url.QueryEscape(by)), by)
			down := slices.Clone(up)
			slices.Reverse(down)
			require.Equal(t, down, names("/Users?sortOrder=descending&sortBy="+url.QueryEscape(by)), by)
		}
		require.Equal(t, age, names("/Users?sortBy=id"))
		require.Equal(t, age, names("/Users?sortBy=meta.created"))
		require.Equal(t, age, names("/Users?x=1"))
		require.Equal(t, up, names("/Groups?sortBy=displayName"))
		require.Equal(t, up, names("/Groups?sortBy=externalId&sortOrder=Ascending"))
	})
}

func TestIdentifiersThatNobodyCanReadAreRefused(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		for _, r := range []string{"\u200b", "\ufeff", "\u200e", "\u202e", "\u00ad", "\u2060"} {
			for name, value := range map[string]any{
				"userName": "x" + r + "@new.example", "externalId": "0" + r + "1", "emails": []object{{"value": "x@new.example" + r, "primary": true}},
			} {
				detail := p.refused(http.MethodPost, "/Users", somebody("x", object{name: value}), 400, "invalidValue")
				require.Contains(t, detail, name+": character ")
				require.Contains(t, detail, "is invisible: U+")
			}
			p.refused(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "rung-hr" + r}, 400, "invalidValue")
			p.refused(http.MethodPost, "/Groups", object{"schemas": []string{groupSchema}, "displayName": "x", "externalId": "g" + r}, 400, "invalidValue")
		}
		require.Empty(t, p.find("Users", `userName eq "x@new.example"`))
	})
}

func TestReportsAreOnlyRead(t *testing.T) {
	eachDatabase(t, func(t *testing.T, p provider) {
		id := p.add(somebody("read", object{"timezone": "Nowhere/City", reportSchema: object{"notTaken": []object{{"attribute": "x", "value": "y"}}}}))
		require.Equal(t, map[string]string{"timezone": "Nowhere/City"}, p.notTaken(id))
		p.refused(http.MethodPatch, "/Users/"+id, patch(op("replace", reportSchema+":notTaken", []object{})), 400, "mutability")
		p.ok(http.MethodPatch, "/Users/"+id, patch(op("replace", "", object{reportSchema: object{"notTaken": []object{}}, "title": "x"})))
		require.Equal(t, map[string]string{"timezone": "Nowhere/City"}, p.notTaken(id))
	})
}

// importFile brings people in as the command line does.
func importFile(t *testing.T, r *apptest.Rung, file string) {
	t.Helper()
	_, err := r.App.Services.Importing.Import(apptest.System, importing.Input{
		File: "people.csv", Spec: sheet.People,
		Open: func(context.Context) (io.ReadCloser, error) { return io.NopCloser(strings.NewReader(file)), nil },
	})
	require.NoError(t, err)
}

// clearNumber takes an employee number away, so that a file can bring another.
func clearNumber(id uuid.UUID) func(context.Context, *db.Client) error {
	return func(ctx context.Context, tx *db.Client) error {
		txmark.Recorded(ctx)
		return tx.Person.UpdateOneID(id).ClearEmployeeNo().Exec(ctx)
	}
}
