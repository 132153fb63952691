package ladder

import (
	"bytes"
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// MaxFileBytes is the largest ladder file that is read; the shipped one has about a twentieth.
const MaxFileBytes = 1 << 20

// The YAML parser takes time in the square of the nesting; no ladder comes near these limits.
const (
	maxLineBytes = 8 << 10
	maxBrackets  = 40
)

// Parse reads and validates a ladder file. Its error is a Findings with everything that is wrong, in the order of the file.
func Parse(file string, content []byte) (Source, error) {
	decoder := &decoder{file: file, places: map[string]Position{}}
	root, ok := decoder.syntax(content)
	if !ok {
		return Source{}, decoder.findings
	}
	source := Source{File: file, Document: decoder.document(root), places: decoder.places}
	findings := append(decoder.findings, source.Locate(Validate(source.Document))...)
	if len(findings) > 0 {
		return Source{}, inOrder(findings)
	}
	return source, nil
}

func (d *decoder) syntax(content []byte) (ast.Node, bool) {
	start := Position{Line: 1, Column: 1}
	if len(content) > MaxFileBytes {
		d.fail(start, "", "the file is too large for a ladder", "keep it under 1 MB")
		return nil, false
	}
	if line, ok := tooDeep(content); ok {
		d.fail(Position{Line: line, Column: 1}, "", "the line is too long or opens too many brackets", "write lists and blocks on lines of their own")
		return nil, false
	}
	tree, err := parser.ParseBytes(content, 0)
	var broken *yaml.SyntaxError
	switch {
	case errors.As(err, &broken):
		d.fail(tokenPosition(broken.Token), "", "not valid YAML: "+broken.Message, "check indentation, colons and quotation marks near this place")
	case err != nil:
		d.fail(start, "", "not valid YAML: "+err.Error(), "check indentation, colons and quotation marks")
	case len(tree.Docs) == 0 || tree.Docs[0].Body == nil:
		d.fail(start, "", "the file is empty", "start with: framework: …")
	case len(tree.Docs) > 1:
		d.fail(positionOf(tree.Docs[1].Body), "", "the file holds more than one document", "keep one ladder per file")
	default:
		return tree.Docs[0].Body, true
	}
	return nil, false
}

// tooDeep returns the first line that is too long or at which too many brackets are open.
func tooDeep(content []byte) (int, bool) {
	open, number := 0, 0
	for line := range bytes.Lines(content) {
		number++
		open += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{"))
		open -= bytes.Count(line, []byte("]")) + bytes.Count(line, []byte("}"))
		if len(line) > maxLineBytes || open > maxBrackets {
			return number, true
		}
	}
	return 0, false
}

func (d *decoder) document(root ast.Node) Document {
	top := d.object(root, "", "framework", "name", "version", "summary", "tracks", "categories", "scale",
		"competencies", "layers", "technologies", "designations")
	document := Document{
		Framework: top.text("framework"), Name: top.text("name"), Version: top.text("version"), Summary: top.optional("summary"),
	}
	for key, node := range top.values {
		d.places[key] = positionOf(node)
	}
	top.each("tracks", func(node ast.Node) { document.Tracks = append(document.Tracks, d.track(node)) })
	top.each("categories", func(node ast.Node) { document.Categories = append(document.Categories, d.category(node)) })
	top.each("scale", func(node ast.Node) { document.Scale = append(document.Scale, d.scalePoint(node)) })
	top.each("competencies", func(node ast.Node) { document.Competencies = append(document.Competencies, d.competency(node)) })
	top.each("layers", func(node ast.Node) { document.Layers = append(document.Layers, d.layer(node)) })
	top.each("technologies", func(node ast.Node) { document.Technologies = append(document.Technologies, d.technology(node)) })
	top.each("designations", func(node ast.Node) { document.Designations = append(document.Designations, d.designation(node)) })
	return document
}

func (d *decoder) track(node ast.Node) Track {
	o := d.object(node, "tracks", "code", "name", "kind", "levels")
	track := Track{Code: o.text("code"), Name: o.text("name"), Kind: TrackKind(o.text("kind"))}
	o.mark("tracks/" + track.Code)
	o.each("levels", func(node ast.Node) { track.Levels = append(track.Levels, d.level(node)) })
	return track
}

func (d *decoder) level(node ast.Node) Level {
	o := d.object(node, "tracks", "code", "title", "shortTitle", "ordinal", "summary", "equivalent", "next", "shape")
	level := Level{Code: o.text("code")}
	o.mark("levels/" + level.Code)
	level.Title, level.ShortTitle, level.Ordinal = o.text("title"), o.text("shortTitle"), o.number("ordinal")
	level.Summary, level.Equivalent, level.Next = o.text("summary"), o.texts("equivalent"), o.texts("next")
	if shape, ok := o.values["shape"]; ok {
		level.Shape = d.shape(shape, o.path+"/shape")
	} else {
		d.fail(o.at, o.path, `"shape" is missing`, "add it: shape: {codingShare: 70, reportsMin: 0, reportsMax: 0}")
	}
	return level
}

func (d *decoder) shape(node ast.Node, path string) Shape {
	o := d.object(node, path, "codingShare", "reportsMin", "reportsMax", "writesReviews", "yearsMin", "yearsMax")
	o.mark(path)
	return Shape{
		CodingShare: o.number("codingShare"), ReportsMin: o.number("reportsMin"), ReportsMax: o.number("reportsMax"),
		WritesReviews: o.flag("writesReviews"), YearsMin: o.optionalNumber("yearsMin"), YearsMax: o.optionalNumber("yearsMax"),
	}
}

func (d *decoder) category(node ast.Node) Category {
	o := d.object(node, "categories", "code", "name")
	category := Category{Code: o.text("code"), Name: o.text("name")}
	o.mark("categories/" + category.Code)
	return category
}

func (d *decoder) scalePoint(node ast.Node) ScalePoint {
	o := d.object(node, "scale", "point", "key", "label", "meaning")
	point := ScalePoint{Point: o.number("point"), Key: o.text("key"), Label: o.text("label"), Meaning: o.text("meaning")}
	o.mark(fmt.Sprintf("scale/%d", point.Point))
	return point
}

func (d *decoder) competency(node ast.Node) Competency {
	o := d.object(node, "competencies", "code", "name", "short", "category", "description", "cells")
	competency := Competency{Code: o.text("code")}
	o.mark("competencies/" + competency.Code)
	competency.Name, competency.Short = o.text("name"), o.text("short")
	competency.Category, competency.Description = o.text("category"), o.text("description")
	o.each("cells", func(node ast.Node) { competency.Cells = append(competency.Cells, d.cell(node, o.path)) })
	return competency
}

func (d *decoder) cell(node ast.Node, parent string) Cell {
	o := d.object(node, parent, "level", "points", "examples", "antiExamples")
	cell := Cell{Level: o.text("level")}
	o.mark(parent + "/" + cell.Level)
	o.each("points", func(node ast.Node) { cell.Points = append(cell.Points, d.point(node, o.path)) })
	cell.Examples, cell.AntiExamples = o.texts("examples"), o.texts("antiExamples")
	return cell
}

func (d *decoder) point(node ast.Node, parent string) Point {
	o := d.object(node, parent, "uid", "text")
	point := Point{UID: o.text("uid"), Text: o.text("text")}
	o.mark(parent + "/" + point.UID)
	return point
}

func (d *decoder) layer(node ast.Node) Layer {
	o := d.object(node, "layers", "code", "name", "summary", "points")
	layer := Layer{Code: o.text("code"), Name: o.text("name"), Summary: o.text("summary")}
	o.mark("layers/" + layer.Code)
	o.each("points", func(node ast.Node) { layer.Points = append(layer.Points, d.layerPoint(node, o.path)) })
	return layer
}

func (d *decoder) layerPoint(node ast.Node, parent string) LayerPoint {
	o := d.object(node, parent, "competency", "level", "uid", "text")
	point := LayerPoint{Competency: o.text("competency"), Level: o.text("level"), UID: o.text("uid"), Text: o.text("text")}
	o.mark(parent + "/" + point.UID)
	return point
}

func (d *decoder) technology(node ast.Node) TechnologyGroup {
	o := d.object(node, "technologies", "code", "name", "items")
	group := TechnologyGroup{Code: o.text("code"), Name: o.text("name"), Items: o.texts("items")}
	o.mark("technologies/" + group.Code)
	return group
}

func (d *decoder) designation(node ast.Node) Designation {
	o := d.object(node, "designations", "code", "name", "note")
	designation := Designation{Code: o.text("code"), Name: o.text("name"), Note: o.text("note")}
	o.mark("designations/" + designation.Code)
	return designation
}

// suggestion names the known key that was probably meant.
func suggestion(unknown string, known []string) string {
	best, bestDistance := "", 1+len(unknown)/3
	for _, candidate := range known {
		if distance := editDistance(strings.ToLower(unknown), strings.ToLower(candidate)); distance <= bestDistance && candidate != "" {
			best, bestDistance = candidate, distance-1
		}
	}
	if best == "" {
		return "use one of: " + strings.Join(known, ", ")
	}
	return fmt.Sprintf("did you mean %q?", best)
}

func editDistance(a, b string) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i := range len(a) {
		diagonal := row[0]
		row[0] = i + 1
		for j := range len(b) {
			cost := diagonal
			if a[i] != b[j] {
				cost++
			}
			diagonal = row[j+1]
			row[j+1] = min(cost, row[j+1]+1, row[j]+1)
		}
	}
	return row[len(b)]
}
