package scim

import (
	"cmp"
	"context"
	"net/http"
	"reflect"
	"strconv"
	"strings"
	"time"

	elimity "github.com/elimity-com/scim"
	"github.com/elimity-com/scim/optional"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/domain/people"
)

// People is what the resource User needs.
type People interface {
	Account(ctx context.Context, id uuid.UUID) (people.Account, error)
	Accounts(ctx context.Context, f people.AccountFilter) ([]people.Account, int, error)
	AddAccount(ctx context.Context, a people.Account) (people.Account, error)
	ChangeAccount(ctx context.Context, id uuid.UUID, edit func(people.Account) (people.Account, error)) (people.Account, error)
	DeactivateAccount(ctx context.Context, id uuid.UUID) error
}

// users is the resource User.
type users struct{ h *Handler }

// Create implements elimity.ResourceHandler.
func (u users) Create(r *http.Request, given elimity.ResourceAttributes) (elimity.Resource, error) {
	if _, ok := given["active"]; !ok {
		given["active"] = true
	}
	a, err := u.h.people.AddAccount(r.Context(), accountFrom(given, people.Account{}))
	return userOf(a), u.h.fromFault(r.Context(), err)
}

// Get implements elimity.ResourceHandler.
func (u users) Get(r *http.Request, id string) (elimity.Resource, error) {
	key, err := uuid.Parse(id)
	if err != nil {
		return elimity.Resource{}, notFound()
	}
	a, err := u.h.people.Account(r.Context(), key)
	return userOf(a), u.h.fromFault(r.Context(), err)
}

// GetAll implements elimity.ResourceHandler.
func (u users) GetAll(r *http.Request, p elimity.ListRequestParams) (elimity.Page, error) {
	list, total, err := u.h.people.Accounts(r.Context(), people.AccountFilter{
		Where: asked(r.Context()).where, Sort: asked(r.Context()).sort, Descending: asked(r.Context()).descending,
		Skip: p.StartIndex - 1, Count: p.Count,
	})
	page := elimity.Page{TotalResults: total, Resources: []elimity.Resource{}}
	for _, a := range list {
		page.Resources = append(page.Resources, userOf(a))
	}
	return page, u.h.fromFault(r.Context(), err)
}

// Replace implements elimity.ResourceHandler. What the body leaves out stays: a
// provider that does not map the manager must not remove the manager.
func (u users) Replace(r *http.Request, id string, given elimity.ResourceAttributes) (elimity.Resource, error) {
	return u.change(r, id, func(have object) error {
		for k, v := range given {
			inside, ok := v.(object)
			if k == enterprise && ok {
				v = merged(have[k], inside)
			}
			have[k] = v
		}
		return nil
	})
}

// Patch implements elimity.ResourceHandler.
func (u users) Patch(r *http.Request, id string, ops []elimity.PatchOperation) (elimity.Resource, error) {
	return u.change(r, id, func(have object) error { return apply(have, ops, userSchema, enterpriseSchema) })
}

func (u users) change(r *http.Request, id string, edit func(object) error) (elimity.Resource, error) {
	key, err := uuid.Parse(id)
	if err != nil {
		return elimity.Resource{}, notFound()
	}
	a, err := u.h.people.ChangeAccount(r.Context(), key, func(was people.Account) (people.Account, error) {
		have := attributesOf(was)
		if err := edit(have); err != nil {
			return was, err
		}
		return accountFrom(have, was), nil
	})
	return userOf(a), u.h.fromFault(r.Context(), err)
}

// Delete implements elimity.ResourceHandler. The person becomes inactive; their
// record stays.
func (u users) Delete(r *http.Request, id string) error {
	key, err := uuid.Parse(id)
	if err != nil {
		return notFound()
	}
	return u.h.fromFault(r.Context(), u.h.people.DeactivateAccount(r.Context(), key))
}

func userOf(a people.Account) elimity.Resource {
	res := elimity.Resource{
		ID: a.ID.String(), Attributes: attributesOf(a),
		Meta: elimity.Meta{Created: createdAt(a.ID), Version: `W/"` + strconv.Itoa(a.Version) + `"`},
	}
	delete(res.Attributes, "externalId")
	if a.ExternalID != "" {
		res.ExternalID = optional.NewString(a.ExternalID)
	}
	return res
}

// createdAt reads the time from an id: ids grow with time.
func createdAt(id uuid.UUID) *time.Time {
	if id.Version() != 7 {
		return nil
	}
	seconds, nanos := id.Time().UnixTime()
	at := time.Unix(seconds, nanos).UTC().Truncate(time.Millisecond)
	return &at
}

func attributesOf(a people.Account) object {
	out := object{
		"userName": a.UserName, "displayName": a.Name, "active": a.Active, "timezone": a.TimeZone,
		"name":   parts("formatted", formattedOf(a), "givenName", a.GivenName, "familyName", a.FamilyName),
		"emails": []any{object{"value": a.Email, "type": "work", "primary": true}},
	}
	if a.Title != "" {
		out["title"] = a.Title
	}
	if a.ExternalID != "" {
		out["externalId"] = a.ExternalID
	}
	if place := parts("locality", a.Location, "country", a.Country); len(place) > 0 {
		place["type"] = "work"
		out["addresses"] = []any{place}
	}
	employer := parts("employeeNumber", a.EmployeeNo, "department", a.Department)
	if a.Manager != "" {
		employer["manager"] = parts("value", a.Manager, "displayName", a.ManagerName)
	}
	if len(employer) > 0 {
		out[enterprise] = employer
	}
	if len(a.NotTaken) > 0 {
		list := make([]any, 0, len(a.NotTaken))
		for _, n := range a.NotTaken {
			list = append(list, parts("attribute", n.Attribute, "value", n.Value, "reason", n.Reason))
		}
		out[reports] = object{"notTaken": list}
	}
	return out
}

// joined is a name from its parts.
func joined(given, family string) string { return strings.TrimSpace(given + " " + family) }

// formattedOf is the whole name: the parts as they were sent, else the name that
// others see. It is never split again.
func formattedOf(a people.Account) string { return cmp.Or(joined(a.GivenName, a.FamilyName), a.Name) }

// parts makes an object of names and values and leaves out the empty ones.
func parts(pairs ...string) object {
	out := object{}
	for i := 0; i < len(pairs); i += 2 {
		if pairs[i+1] != "" {
			out[pairs[i]] = pairs[i+1]
		}
	}
	return out
}

// accountFrom reads an account from attributes; missing ones are empty.
func accountFrom(given object, was people.Account) people.Account {
	a := people.Account{
		ID: was.ID, UserName: str(given["userName"]), ExternalID: str(given["externalId"]), Title: str(given["title"]),
		TimeZone: str(given["timezone"]), Active: given["active"] == true,
	}
	name, _ := given["name"].(object)
	a.GivenName, a.FamilyName = str(name["givenName"]), str(name["familyName"])
	a.Name = shownName(str(given["displayName"]), str(name["formatted"]), a, was)
	a.Email = emailFrom(given, a.UserName, was)
	place := workPlace(elements(given["addresses"]))
	a.Location, a.Country = str(place["locality"]), str(place["country"])
	employer, _ := given[enterprise].(object)
	a.EmployeeNo, a.Department = str(employer["employeeNumber"]), str(employer["department"])
	manager, _ := employer["manager"].(object)
	a.Manager = str(manager["value"])
	return a
}

// shownName is the name that others see: the one that was sent for it. Where none
// was, it follows from the parts, and follows them when they change.
func shownName(sent, formatted string, now, was people.Account) string {
	whole := joined(now.GivenName, now.FamilyName)
	if was.Name == "" || sent == "" {
		return cmp.Or(sent, formatted, whole, now.UserName)
	}
	if sent != was.Name {
		return sent
	}
	before := joined(was.GivenName, was.FamilyName)
	follows := was.Name == before || before == "" && now.GivenName != "" && now.FamilyName != ""
	switch {
	case formatted != "" && formatted != formattedOf(was) && formatted != was.Name:
		return formatted
	case whole != "" && whole != before && follows:
		return whole
	}
	return sent
}

func emailFrom(given object, userName string, was people.Account) string {
	list := elements(given["emails"])
	for _, fits := range []func(object) bool{
		func(o object) bool { return o["primary"] == true },
		func(o object) bool { return strings.EqualFold(str(o["type"]), "work") },
		func(object) bool { return true },
	} {
		for _, o := range list {
			if fits(o) && str(o["value"]) != "" {
				return str(o["value"])
			}
		}
	}
	if strings.Contains(userName, "@") {
		return userName
	}
	return was.Email
}

// workPlace is the address of type work, else the only address.
func workPlace(list []object) object {
	for _, o := range list {
		if strings.EqualFold(str(o["type"]), "work") {
			return o
		}
	}
	if len(list) == 1 {
		return list[0]
	}
	return nil
}

func str(v any) string {
	if s, ok := v.(string); ok {
		return s
	}
	if v == nil || reflect.ValueOf(v).Kind() != reflect.String {
		return ""
	}
	return reflect.ValueOf(v).String()
}
