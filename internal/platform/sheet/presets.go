package sheet

import (
	"crypto/sha256"
	"encoding/hex"
	"strings"
)

// Preset is what a product calls its columns when it exports people.
type Preset struct {
	Key     string            `json:"key"`
	Name    string            `json:"name"`
	Columns map[string]string `json:"columns" doc:"header -> field"`
}

// Presets are the products whose exports are known. Companies rename columns, so
// a preset is only a start; names of columns decide about the rest.
var Presets = []Preset{
	{Key: "bamboohr", Name: "BambooHR", Columns: map[string]string{
		"Employee #": "employee_id", "First Name": "first_name", "Last Name": "last_name", "Preferred Name": "", "Work Email": "email",
		"Job Title": "title", "Department": "unit", "Division": "parent_unit", "Location": "location", "Country": "country",
		"Supervisor EID": "manager_id", "Supervisor Email": "manager_email", "Hire Date": "hire_date", "Termination Date": "ended_on",
		"Status": "status", "Employment Status": "", "Job Level": "level",
	}},
	{Key: "personio", Name: "Personio", Columns: map[string]string{
		"Personnel number": "employee_id", "Personalnummer": "employee_id", "First name": "first_name", "Vorname": "first_name",
		"Last name": "last_name", "Nachname": "last_name", "Email": "email", "Position": "title", "Department": "unit", "Abteilung": "unit",
		"Supervisor email": "manager_email", "Supervisor": "", "Office": "location", "Standort": "location", "Seniority": "level",
		"Hire date": "hire_date", "Eintrittsdatum": "hire_date", "Termination date": "ended_on", "Austrittsdatum": "ended_on",
		"Status": "status", "Weekly working hours": "",
	}},
	{Key: "workday", Name: "Workday", Columns: map[string]string{
		"Employee ID": "employee_id", "Worker": "full_name", "Legal Name": "full_name", "Primary Work Email": "email",
		"Business Title": "title", "Job Profile": "", "Supervisory Organization": "unit", "Superior Organization": "parent_unit",
		"Manager Employee ID": "manager_id", "Manager": "", "Management Level": "level", "Compensation Grade": "", "Location": "location",
		"Location Address - Country": "country", "Original Hire Date": "", "Hire Date": "hire_date", "Termination Date": "ended_on",
		"Worker Status": "status", "FTE %": "fte", "Time Zone": "time_zone", "Currency": "currency",
	}},
	{Key: "generic", Name: "By the names of the columns", Columns: map[string]string{}},
}

// HeadersHash identifies a mapping by the header line that it was made for.
func HeadersHash(headers []string) string {
	sum := sha256.Sum256([]byte(strings.ToLower(strings.Join(headers, "\x00"))))
	return hex.EncodeToString(sum[:])
}

// For narrows a preset to the headers that a file has.
func (p Preset) For(headers []string) map[string]string {
	out := map[string]string{}
	for _, h := range headers {
		for name, key := range p.Columns {
			if strings.EqualFold(name, h) {
				out[h] = key
			}
		}
	}
	return out
}
