package scim

import (
	"strings"

	"github.com/elimity-com/scim/optional"
	"github.com/elimity-com/scim/schema"
)

// enterprise is the extension for facts that an employer knows.
const enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User"

// reports is Rung's own extension: what it could not use of a person.
const reports = "urn:ietf:params:scim:schemas:extension:rung:2.0:User"

func textAttribute(name, what string, unique bool) schema.SimpleParams {
	p := schema.StringParams{Name: name, Description: optional.NewString(what)}
	if unique {
		p.Uniqueness = schema.AttributeUniquenessServer()
	}
	return schema.SimpleStringParams(p)
}

func truth(name, what string) schema.SimpleParams {
	return schema.SimpleBooleanParams(schema.BooleanParams{Name: name, Description: optional.NewString(what)})
}

func simple(p schema.SimpleParams) schema.CoreAttribute { return schema.SimpleCoreAttribute(p) }

func complexOf(name, what string, many bool, parts ...schema.SimpleParams) schema.CoreAttribute {
	return schema.ComplexCoreAttribute(schema.ComplexParams{
		Name: name, Description: optional.NewString(what), MultiValued: many, SubAttributes: parts,
	})
}

func required(name, what string, unique bool) schema.CoreAttribute {
	p := schema.StringParams{Name: name, Description: optional.NewString(what), Required: true}
	if unique {
		p.Uniqueness = schema.AttributeUniquenessServer()
	}
	return schema.SimpleCoreAttribute(schema.SimpleStringParams(p))
}

// userSchema is what Rung keeps about a person.
var userSchema = schema.Schema{
	ID: schema.UserSchema, Name: optional.NewString("User"), Description: optional.NewString("A person who works here"),
	Attributes: schema.Attributes{
		required("userName", "Name at the identity provider; kept in lower case", true),
		complexOf("name", "The parts of the name", false,
			textAttribute("formatted", "The whole name", false), textAttribute("givenName", "First names", false), textAttribute("familyName", "Last name", false)),
		simple(textAttribute("displayName", "The name that others see", false)),
		complexOf("emails", "Rung keeps one address: the primary one, else the work address", true,
			textAttribute("value", "The address; kept in lower case", true), textAttribute("type", "work", false), truth("primary", "Whether it is the main address")),
		simple(textAttribute("title", "Job title", false)),
		simple(textAttribute("timezone", "Such as Europe/Berlin", false)),
		simple(truth("active", "Whether the person works here")),
		complexOf("addresses", "Rung keeps the place of work", true,
			textAttribute("type", "work", false), textAttribute("locality", "The location of the office", false), textAttribute("country", "Two letters such as DE; any other text is kept and reported", false)),
	},
}

var enterpriseSchema = schema.Schema{
	ID: enterprise, Name: optional.NewString("Enterprise User"), Description: optional.NewString("What an employer knows"),
	Attributes: schema.Attributes{
		simple(textAttribute("employeeNumber", "Employee number", true)),
		simple(textAttribute("department", "The unit; an unknown unit is added", false)),
		complexOf("manager", "The person's manager", false, textAttribute("value", "The id of the manager here or at the provider; a manager who is not here yet is awaited", false), textAttribute("displayName", "The name of the manager", false)),
	},
}

var reportsSchema = schema.Schema{
	ID: reports, Name: optional.NewString("Reports of Rung"), Description: optional.NewString("What Rung could not use of a person"),
	Attributes: schema.Attributes{schema.ComplexCoreAttribute(schema.ComplexParams{
		Name: "notTaken", Description: optional.NewString("Attributes that were sent and could not be used; the person is kept without them"),
		MultiValued: true, Mutability: schema.AttributeMutabilityReadOnly(),
		SubAttributes: []schema.SimpleParams{
			textAttribute("attribute", "Name of the attribute", false), textAttribute("value", "What was sent", false), textAttribute("reason", "Why it could not be used", false),
		},
	})},
}

var groupSchema = schema.Schema{
	ID: schema.GroupSchema, Name: optional.NewString("Group"), Description: optional.NewString("A group; its name can give a role"),
	Attributes: schema.Attributes{
		required("displayName", "Name of the group", true),
		complexOf("members", "The people of the group", true,
			textAttribute("value", "The id of the person", false), textAttribute("display", "The name of the person", false), textAttribute("type", "User", false)),
	},
}

// ignored are standard attributes that Rung does not keep. Rung accepts a
// provider that maps them and skips them.
var ignored = words(`locale nickname profileurl preferredlanguage phonenumbers ims photos entitlements roles
	x509certificates usertype password honorificprefix honorificsuffix middlename organization division costcenter`)

// fixed are attributes that only Rung writes.
var fixed = words("id meta schemas groups")

func words(list string) map[string]bool {
	out := map[string]bool{}
	for w := range strings.FieldsSeq(list) {
		out[w] = true
	}
	return out
}

// unkeptParts are parts of complex attributes that Rung does not keep.
var unkeptParts = map[string]map[string]bool{
	"name":      words("honorificprefix honorificsuffix middlename"),
	"addresses": words("formatted streetaddress region postalcode primary"),
	"emails":    words("display"),
	"manager":   words("$ref"),
	"members":   words("$ref"),
}
