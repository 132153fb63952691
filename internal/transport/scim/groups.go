package scim

import (
	"context"
	"maps"
	"net/http"
	"strconv"

	elimity "github.com/elimity-com/scim"
	"github.com/elimity-com/scim/optional"
	"github.com/google/uuid"

	"github.com/rung-hr/rung/internal/trust/groups"
)

// Groups is what the resource Group needs.
type Groups interface {
	Get(ctx context.Context, id uuid.UUID, members bool) (groups.Group, error)
	List(ctx context.Context, f groups.Filter) ([]groups.Group, int, error)
	Add(ctx context.Context, g groups.Group) (groups.Group, error)
	Change(ctx context.Context, id uuid.UUID, edit func(groups.Group) (groups.Group, error)) (groups.Group, error)
	Delete(ctx context.Context, id uuid.UUID) error
}

// teams is the resource Group.
type teams struct{ h *Handler }

// Create implements elimity.ResourceHandler.
func (t teams) Create(r *http.Request, given elimity.ResourceAttributes) (elimity.Resource, error) {
	g, err := groupFrom(given)
	if err == nil {
		g, err = t.h.groups.Add(r.Context(), g)
	}
	return groupOf(g), t.h.fromFault(r.Context(), err)
}

// Get implements elimity.ResourceHandler.
func (t teams) Get(r *http.Request, id string) (elimity.Resource, error) {
	key, err := uuid.Parse(id)
	if err != nil {
		return elimity.Resource{}, notFound()
	}
	g, err := t.h.groups.Get(r.Context(), key, asked(r.Context()).wants("members"))
	return groupOf(g), t.h.fromFault(r.Context(), err)
}

// GetAll implements elimity.ResourceHandler.
func (t teams) GetAll(r *http.Request, p elimity.ListRequestParams) (elimity.Page, error) {
	page := elimity.Page{Resources: []elimity.Resource{}}
	f, possible := groupFilter(asked(r.Context()).where)
	if !possible {
		return page, nil
	}
	f.Sort, f.Descending = asked(r.Context()).sort, asked(r.Context()).descending
	f.Skip, f.Count, f.WithMembers = p.StartIndex-1, p.Count, asked(r.Context()).wants("members")
	list, total, err := t.h.groups.List(r.Context(), f)
	page.TotalResults = total
	for _, g := range list {
		page.Resources = append(page.Resources, groupOf(g))
	}
	return page, t.h.fromFault(r.Context(), err)
}

// Replace implements elimity.ResourceHandler. If the body leaves out the members,
// they stay.
func (t teams) Replace(r *http.Request, id string, given elimity.ResourceAttributes) (elimity.Resource, error) {
	return t.change(r, id, func(have object) error {
		maps.Copy(have, given)
		return nil
	})
}

// Patch implements elimity.ResourceHandler.
func (t teams) Patch(r *http.Request, id string, ops []elimity.PatchOperation) (elimity.Resource, error) {
	return t.change(r, id, func(have object) error { return apply(have, ops, groupSchema) })
}

func (t teams) change(r *http.Request, id string, edit func(object) error) (elimity.Resource, error) {
	key, err := uuid.Parse(id)
	if err != nil {
		return elimity.Resource{}, notFound()
	}
	g, err := t.h.groups.Change(r.Context(), key, func(was groups.Group) (groups.Group, error) {
		have := groupAttributes(was)
		if err := edit(have); err != nil {
			return was, err
		}
		return groupFrom(have)
	})
	return groupOf(g), t.h.fromFault(r.Context(), err)
}

// Delete implements elimity.ResourceHandler.
func (t teams) Delete(r *http.Request, id string) error {
	key, err := uuid.Parse(id)
	if err != nil {
		return notFound()
	}
	return t.h.fromFault(r.Context(), t.h.groups.Delete(r.Context(), key))
}

func groupOf(g groups.Group) elimity.Resource {
	created, updated := g.CreatedAt, g.UpdatedAt
	res := elimity.Resource{
		ID: g.ID.String(), Attributes: groupAttributes(g),
		Meta: elimity.Meta{Created: &created, LastModified: &updated, Version: `W/"` + strconv.Itoa(g.Version) + `"`},
	}
	delete(res.Attributes, "externalId")
	if g.ExternalID != "" {
		res.ExternalID = optional.NewString(g.ExternalID)
	}
	return res
}

func groupAttributes(g groups.Group) object {
	out := object{"displayName": g.Name}
	if g.ExternalID != "" {
		out["externalId"] = g.ExternalID
	}
	members := make([]any, 0, len(g.Members))
	for _, m := range g.Members {
		members = append(members, object{"value": m.ID.String(), "display": m.Name, "type": "User"})
	}
	if len(members) > 0 {
		out["members"] = members
	}
	return out
}

func groupFrom(given object) (groups.Group, error) {
	g := groups.Group{Name: str(given["displayName"]), ExternalID: str(given["externalId"])}
	for _, o := range elements(given["members"]) {
		id, err := uuid.Parse(str(o["value"]))
		if err != nil {
			return g, invalidValue("members.value: " + quoted(str(o["value"])) + " is not the id of a person; send the id that Rung gave.")
		}
		g.Members = append(g.Members, groups.Member{ID: id})
	}
	return g, nil
}
