package ladder

import (
	"fmt"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/rung-hr/rung/internal/platform/fault"
)

// Finding is one thing to fix in a ladder file.
type Finding struct {
	File    string
	Line    int    // 0 when the document did not come from a file
	Column  int    // in characters, from 1
	Path    string // JSON pointer into the document, such as /competencies/3/descriptors/0
	Rule    string // the lint rule; empty for errors
	Message string
	Fix     string
}

// String is "file:line:column: message (how to fix it)".
func (f Finding) String() string {
	return fmt.Sprintf("%s:%d:%d: %s (%s)", f.File, f.Line, f.Column, f.Message, f.Fix)
}

// Findings is an error that lists everything that is wrong, one per line.
type Findings []Finding

// Error lists the findings, one per line.
func (f Findings) Error() string {
	lines := make([]string, len(f))
	for i, finding := range f {
		lines[i] = finding.String()
	}
	return strings.Join(lines, "\n")
}

// Position is a place in the file, both from 1.
type Position struct {
	Line, Column int
}

// Source is a parsed file: the document and the position of each part of it.
type Source struct {
	File     string
	Document Document
	places   map[string]Position
	root     *yaml.Node
}

// Locate adds file, line and column to findings about the document. A part
// without a place of its own, such as a missing cell, gets the place of its
// parent.
func (s Source) Locate(findings Findings) Findings {
	located := make(Findings, len(findings))
	for i, finding := range findings {
		place := s.place(finding.Path)
		finding.File, finding.Line, finding.Column = s.File, place.Line, place.Column
		finding.Path = strings.TrimSuffix(finding.Path, keyMark)
		located[i] = finding
	}
	return located
}

func (s Source) place(path string) Position {
	for path != "" {
		if found, ok := s.places[path]; ok {
			return found
		}
		path = path[:max(0, strings.LastIndexByte(path, '/'))]
	}
	return Position{Line: 1, Column: 1}
}

// Details returns the findings as details of a fault, in their order.
func (f Findings) Details() []fault.Detail {
	details := make([]fault.Detail, 0, len(f))
	for _, finding := range f {
		details = append(details, fault.Detail{
			File: finding.File, Line: finding.Line, Column: finding.Column, Pointer: finding.Path, Message: finding.Message, Fix: finding.Fix,
		})
	}
	return details
}
