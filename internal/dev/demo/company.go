// Package demo makes a synthetic company: people, pay, two years of history and a
// promotion case in each state. Names and pay are generated. Everything that
// happens in it goes through the real use cases, on a clock that is set.
package demo

import (
	"fmt"
	"math/rand/v2"
	"strings"
)

// Company is the name on the screens.
const Company = "Northquay"

// Domain is where everybody's e-mail address ends.
const Domain = "demo.example"

// Persona is somebody whom a visitor can sign in as.
type Persona struct {
	Key    string
	Name   string
	Groups []string // of the identity provider
	Note   string   // what to look at
}

// Email is the address that the persona signs in with.
func (p Persona) Email() string { return p.Key + "@" + Domain }

// Personas are the people of the demo that have a part, in the order of the
// sign-in page.
var Personas = []Persona{
	{"engineer", "Noor Adeyinka", nil, "Senior engineer who wants to be lead: self-assessment, evidence"},
	{"manager", "Marta Okonjo", nil, "Manages Noor's team: assessments, side by side, cases"},
	{"lead", "Yusuf Kaleem", nil, "Lead engineer on another team"},
	{"director", "Helena Brandt", nil, "Director of Payments, above Marta"},
	{"panelist1", "Aiko Sandberg", nil, "Sits on promotion panels: ballots"},
	{"panelist2", "Tomas Lindqvist", nil, "Sits on promotion panels"},
	{"panelist3", "Priya Raman", nil, "Sits on promotion panels"},
	{"panelist4", "Jonas Weber", nil, "Sits on promotion panels"},
	{"panelist5", "Leila Haddad", nil, "Sits on promotion panels"},
	{"chair", "Ruth Oyelaran", nil, "Chairs panels: count, decision record"},
	{"hr", "Ines Caldera", []string{"rung-hr"}, "HR partner: bands, imports, panels"},
	{"comp", "Viktor Stahl", []string{"rung-comp"}, "Compensation partner: bands and pay"},
	{"approver", "Maren Holt", []string{"rung-approver"}, "Approves pay"},
	{"owner", "Dario Petrov", []string{"rung-owner"}, "Owns the ladder"},
	{"admin", "Sam Ortega", []string{"rung-admin"}, "Runs the platform, sees no content"},
	{"auditor", "Edith Marlow", []string{"rung-auditor"}, "Reads the audit trail"},
}

// place is where people work and are paid.
type place struct {
	name, country, zone, currency string
	factor                        float64 // of the New York bands, after currency
}

var places = []place{
	{"New York", "US", "America/New_York", "USD", 1},
	{"Austin", "US", "America/Chicago", "USD", 0.92},
	{"Berlin", "DE", "Europe/Berlin", "EUR", 0.58},
	{"Dublin", "IE", "Europe/Dublin", "EUR", 0.62},
	{"London", "GB", "Europe/London", "GBP", 0.56},
}

// band is the New York range of a level, in whole dollars.
type band struct {
	level, track  string
	min, mid, max int64
}

var bands = []band{
	{"IC3", "IC", 110_000, 134_000, 158_000},
	{"IC4", "IC", 132_000, 160_000, 188_000},
	{"IC5", "IC", 160_000, 195_000, 230_000},
	{"IC6", "IC", 192_000, 236_000, 280_000},
	{"IC7", "IC", 228_000, 282_000, 336_000},
	{"M1", "M", 166_000, 202_000, 238_000},
	{"M2", "M", 205_000, 252_000, 299_000},
}

// member is a person of the company before they have a row.
type member struct {
	key, name, email    string
	level, track, title string
	unit                string
	place               place
	manager             *member
	hiredDaysAgo        int
	fte                 int64 // parts per million
	compa               float64
	groups              []string
}

var titles = map[string]string{
	"IC3": "Backend Engineer", "IC4": "Senior Backend Engineer", "IC5": "Lead Backend Engineer", "IC6": "Principal Engineer",
	"IC7": "Distinguished Engineer", "M1": "Engineering Manager", "M2": "Director of Engineering",
}

var (
	departments = []string{"Payments", "Platform", "Risk", "Growth"}
	teams       = []string{"Ledger", "Settlement", "Gateway", "Identity", "Storage", "Edge", "Signals", "Billing"}
	givenNames  = strings.Fields("Ada Bilal Celia Dmitri Elif Farid Greta Hugo Ilse Jamal Katya Luca Mina Nils Oriana Pavel Quinn Rosa Stefan Talia Umar Vera Wim Xenia Yara Zoltan Anouk Bruno Carmen Diego Esther Felix Gita Hana Ivo Juno Kofi Lotte Marek Nadia")
	familyNames = strings.Fields("Abara Bergman Castell Dorsey Eklund Farrow Galvan Hartono Ibsen Jansen Kowal Lorenz Mbeki Novak Okafor Pereira Quist Rossi Sato Tamm Ueda Varga Weiss Xiang Yilmaz Zamora Almeida Brandao Cardew Delgado")
	// levelMix is how often each level occurs in a team.
	levelMix = []string{"IC3", "IC3", "IC3", "IC4", "IC4", "IC4", "IC4", "IC5", "IC5", "IC6"}
)

// invent returns a company of n people, the same one for the same seed. Managers
// come before their reports.
func invent(n int, seed uint64) []*member {
	b := &builder{random: rand.New(rand.NewPCG(seed, 42)), taken: map[string]bool{}}
	return b.build(n)
}

type builder struct {
	random *rand.Rand
	taken  map[string]bool
	people []*member
}

func (b *builder) build(n int) []*member {
	head := b.add(member{name: "Oskar Lindholm", key: "cto", level: "M2", track: "M", unit: "Engineering"})
	b.staff(head)
	var directors, managers []*member
	for i, d := range departments {
		m := member{level: "M2", track: "M", unit: d, manager: head}
		if i == 0 {
			m.key = "director"
		}
		directors = append(directors, b.add(m))
	}
	perTeam := 9
	count := max(14, (n-len(b.people))/(perTeam+1))
	for i := range count {
		d := directors[i%len(directors)]
		m := member{level: "M1", track: "M", unit: teamName(i), manager: d}
		if i == 0 {
			m.key = "manager"
		}
		managers = append(managers, b.add(m))
	}
	b.cast(managers)
	for i := 0; len(b.people) < n; i++ {
		m := managers[1+i%(len(managers)-1)] // the first team is cast by hand
		b.add(member{level: levelMix[b.random.IntN(len(levelMix))], track: "IC", unit: m.unit, manager: m})
	}
	return b.people
}

func teamName(i int) string {
	name := departments[i%len(departments)] + " " + teams[i/len(departments)%len(teams)]
	if round := i / (len(departments) * len(teams)); round > 0 {
		return fmt.Sprintf("%s %d", name, round+1)
	}
	return name
}

func (b *builder) staff(head *member) {
	for _, s := range []struct{ key, title, unit string }{
		{"hr", "HR Partner", "People"}, {"comp", "Compensation Partner", "People"}, {"approver", "Head of People", "People"},
		{"admin", "Platform Administrator", "IT"}, {"auditor", "Internal Auditor", "Audit"},
	} {
		b.add(member{key: s.key, title: s.title, unit: s.unit, manager: head})
	}
}

// cast places the personas and the team that the manager's screens show.
func (b *builder) cast(managers []*member) {
	marta := managers[0]
	for _, m := range []member{
		{key: "engineer", level: "IC4"},
		{key: "piotr", name: "Piotr Halas", level: "IC3"},
		{key: "grace", name: "Grace Umeh", level: "IC4"},
		{key: "lena", name: "Lena Dorsch", level: "IC4"},
		{key: "emre", name: "Emre Balci", level: "IC4"},
		{key: "tove", name: "Tove Wikstrand", level: "IC3"},
	} {
		m.track, m.unit, m.manager, m.place = "IC", marta.unit, marta, places[4]
		b.add(m)
	}
	for i, m := range []member{
		{key: "lead", level: "IC5"}, {key: "panelist1", level: "IC6"}, {key: "panelist2", level: "IC6"}, {key: "panelist3", level: "IC7"},
		{key: "panelist4", level: "IC6"}, {key: "panelist5", level: "IC5"}, {key: "chair", level: "IC7"}, {key: "owner", level: "IC6"},
	} {
		manager := managers[1+i%(len(managers)-1)]
		m.track, m.unit, m.manager = "IC", manager.unit, manager
		b.add(m)
	}
}

func (b *builder) add(m member) *member {
	for _, p := range Personas {
		if p.Key == m.key {
			m.name, m.groups = p.Name, p.Groups
		}
	}
	if m.name == "" {
		m.name = b.freeName()
	}
	if m.email == "" {
		m.email = strings.ReplaceAll(strings.ToLower(m.name), " ", ".") + "@" + Domain
		if m.key != "" {
			m.email = m.key + "@" + Domain
		}
	}
	if m.title == "" {
		m.title = titles[m.level]
	}
	if m.place.name == "" {
		m.place = places[b.random.IntN(len(places))]
	}
	m.hiredDaysAgo = 120 + b.random.IntN(1800)
	m.fte = 1_000_000
	if b.random.IntN(12) == 0 {
		m.fte = 800_000
	}
	m.compa = 0.82 + 0.33*(b.random.Float64()+b.random.Float64())/2 + 0.02*b.random.NormFloat64()
	b.taken[m.name] = true
	row := &m
	b.people = append(b.people, row)
	return row
}

func (b *builder) freeName() string {
	for i := 0; ; i++ {
		name := givenNames[b.random.IntN(len(givenNames))] + " " + familyNames[b.random.IntN(len(familyNames))]
		if i > 20 {
			name = fmt.Sprintf("%s %s-%s", givenNames[b.random.IntN(len(givenNames))], familyNames[b.random.IntN(len(familyNames))], familyNames[b.random.IntN(len(familyNames))])
		}
		if i > 60 {
			name = fmt.Sprintf("%s %d", name, len(b.people))
		}
		if !b.taken[name] {
			return name
		}
	}
}
