package sheet

// People is what the usual HR systems export about employees. Names come in full
// or as first and last name.
var People = Spec{
	AnyOf: [][]string{{"full_name", "last_name"}},
	Fields: []Field{
		{Key: "employee_id", Found: ByIdentifier, Name: "the employee id", Required: true, Synonyms: []string{
			"employee number", "employee #", "personnel number", "worker id", "staff id", "eeid", "personalnummer", "id"}},
		{Key: "full_name", Name: "the name", Synonyms: []string{
			"name", "display name", "employee name", "legal name", "preferred name", "worker", "employee"}},
		{Key: "first_name", Name: "the first name", Synonyms: []string{
			"given name", "preferred first name", "legal first name", "forename", "vorname"}},
		{Key: "last_name", Name: "the last name", Synonyms: []string{
			"family name", "surname", "legal last name", "preferred last name", "nachname"}},
		{Key: "email", Name: "the work e-mail", Kind: Email, Required: true, Synonyms: []string{
			"work email", "email address", "business email", "primary work email", "company email", "e-mail", "mail"}},
		{Key: "manager_id", Found: ByIdentifier, Name: "the manager's id", Synonyms: []string{
			"manager employee id", "manager employee number", "supervisor id", "supervisor employee id", "reports to id",
			"supervisor eid", "manager worker id"}},
		{Key: "manager_email", Name: "the manager's e-mail", Kind: Email, Synonyms: []string{
			"supervisor email", "manager work email", "reports to email", "line manager email"}},
		{Key: "unit", Found: ByName, Name: "the unit", Synonyms: []string{
			"department", "team", "org unit", "organizational unit", "supervisory organization", "division", "abteilung", "unit path"}},
		{Key: "parent_unit", Found: ByName, Name: "the unit above", Synonyms: []string{
			"parent department", "parent org unit", "parent team", "superior organization", "superior department", "unit above"}},
		{Key: "title", Name: "the job title", Synonyms: []string{
			"job title", "position", "position title", "business title", "job profile", "role"}},
		{Key: "level", Found: ByName, Name: "the level", Synonyms: []string{
			"job level", "grade", "job grade", "management level", "seniority", "compensation grade", "career level"}},
		{Key: "track", Found: ByName, Name: "the track", Synonyms: []string{"job track", "career track", "ladder", "career path", "job family"}},
		{Key: "location", Found: ByName, Name: "the location", Synonyms: []string{
			"office", "work location", "office location", "site", "workplace", "pay zone", "standort", "büro"}},
		{Key: "country", Found: ByName, Name: "the country", Synonyms: []string{"work country", "location country", "country code", "land"}},
		{Key: "time_zone", Found: ByName, Name: "the time zone", Synonyms: []string{"timezone", "tz", "iana time zone", "zeitzone"}},
		{Key: "working_hours", Name: "the working hours", Synonyms: []string{
			"work hours", "working time", "office hours", "core hours", "arbeitszeit"}},
		{Key: "currency", Name: "the currency of the contract", Kind: Currency, Synonyms: []string{
			"contract currency", "local currency", "pay currency", "salary currency", "currency code", "währung"}},
		{Key: "fte", Name: "the share of full time", Kind: FTE, Synonyms: []string{
			"fte %", "full time equivalent", "fte percentage", "employment percentage", "working time %", "workload %"}},
		{Key: "hire_date", Name: "the hire date", Kind: Date, Synonyms: []string{
			"start date", "original hire date", "date of hire", "employment start date", "joined on", "eintrittsdatum"}},
		{Key: "ended_on", Name: "the last day", Kind: Date, Synonyms: []string{
			"termination date", "end date", "employment end date", "last day of work", "contract end date", "leave date", "austrittsdatum"}},
		{Key: "status", Name: "the employment status", Kind: Enum, Synonyms: []string{
			"employment status", "employee status", "worker status", "active status"}, Values: employmentStatus},
	},
}

var employmentStatus = map[string][]string{
	"active":   {"full-time", "part-time", "employed", "yes", "aktiv", "probation"},
	"on_leave": {"leave", "on leave of absence", "leave of absence", "parental leave", "sabbatical"},
	"ended":    {"terminated", "inactive", "left", "no", "inaktiv"},
	"upcoming": {"onboarding", "pre-hire", "prehire", "new hire"},
}

// Bands is a set of pay bands: one row per family, track, level, location and component.
var Bands = Spec{
	Fields: []Field{
		{Key: "family", Found: ByName, Name: "the job family", Synonyms: []string{"job family", "job function", "function", "ladder"}},
		{Key: "track", Found: ByName, Name: "the track", Synonyms: []string{"job track", "job type", "career track"}},
		{Key: "level", Found: ByName, Name: "the level", Required: true, Synonyms: []string{"job level", "grade", "job grade", "compensation grade"}},
		{Key: "location", Found: ByName, Name: "the location", Required: true, Synonyms: []string{"pay zone", "zone", "geo zone", "office", "region"}},
		{Key: "currency", Name: "the currency", Kind: Currency, Required: true, Synonyms: []string{"currency code", "pay currency", "iso currency"}},
		{Key: "component", Name: "the pay component", Kind: Enum, Values: payComponents, Synonyms: []string{"pay component", "compensation type", "plan"}},
		{Key: "min", Name: "the minimum", Kind: Amount, Required: true, Synonyms: []string{
			"minimum", "band min", "min base", "min base salary", "pay range minimum", "range minimum", "salary min"}},
		{Key: "mid", Name: "the midpoint", Kind: Amount, Required: true, Synonyms: []string{
			"midpoint", "band mid", "mid base", "mid base salary", "pay range midpoint", "range midpoint", "target", "salary mid"}},
		{Key: "max", Name: "the maximum", Kind: Amount, Required: true, Synonyms: []string{
			"maximum", "band max", "max base", "max base salary", "pay range maximum", "range maximum", "salary max"}},
		{Key: "valid_from", Name: "the first day", Kind: Date, Synonyms: []string{"effective date", "effective from", "from", "start date"}},
		{Key: "valid_to", Name: "the day it ends", Kind: Date, Synonyms: []string{"effective to", "to", "until", "end date"}},
	},
}

// Pay is what people are paid: one row per person, component and first day.
var Pay = Spec{
	AnyOf: [][]string{{"employee_id", "email"}},
	Fields: []Field{
		{Key: "employee_id", Found: ByIdentifier, Name: "the employee id", Synonyms: People.Fields[0].Synonyms},
		{Key: "email", Name: "the work e-mail", Kind: Email, Synonyms: []string{"work email", "email address", "business email", "e-mail"}},
		{Key: "component", Name: "the pay component", Kind: Enum, Values: payComponents, Synonyms: []string{"pay component", "compensation type", "pay element"}},
		{Key: "amount", Name: "the amount", Kind: Amount, Required: true, Secret: true, Synonyms: []string{
			"total base pay annualized - amount", "base salary", "annual salary", "salary", "pay rate", "fix salary", "pay", "base pay"}},
		{Key: "currency", Name: "the currency", Kind: Currency, Required: true, Synonyms: []string{
			"currency code", "pay currency", "pay rate currency", "salary currency", "total base pay annualized - currency"}},
		{Key: "per", Name: "the period", Kind: Enum, Values: payPeriods, Synonyms: []string{
			"paid per", "pay per", "pay period", "frequency", "fix salary interval", "total base pay annualized - frequency"}},
		{Key: "pay_periods", Name: "the payments a year", Kind: Decimal, Synonyms: []string{"pay periods per year", "salaries per year"}},
		{Key: "weekly_hours", Name: "the weekly hours", Kind: Decimal, Synonyms: []string{"weekly working hours", "scheduled weekly hours"}},
		{Key: "fte", Name: "the share of full time", Kind: FTE, Synonyms: []string{"fte %", "full time equivalent", "employment percentage"}},
		{Key: "effective_date", Name: "the first day", Kind: Date, Required: true, Synonyms: []string{
			"effective from", "valid from", "start date", "from", "date"}},
		{Key: "reason", Name: "the reason", Synonyms: []string{"change reason", "comment", "note"}},
	},
}

var payComponents = map[string][]string{
	"base":            {"base salary", "base pay", "fixed", "salary", "grundgehalt"},
	"variable_target": {"variable", "bonus", "target bonus", "target variable", "commission"},
	"equity_annual":   {"equity", "annual equity", "rsu", "options"},
}

var payPeriods = map[string][]string{
	"year":  {"annual", "annually", "yearly", "per year", "jährlich"},
	"month": {"monthly", "per month", "monatlich"},
	"hour":  {"hourly", "per hour", "stündlich"},
}
