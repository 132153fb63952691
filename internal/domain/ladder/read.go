package ladder

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

	"go.yaml.in/yaml/v3"
	"golang.org/x/net/html/atom"
)

// MaxFileBytes is the largest ladder file that is read; the shipped one is about
// a hundredth of that.
const MaxFileBytes = 4 << 20

const maxDepth = 30

// Parse reads and validates a ladder file. Its error is a Findings with
// everything that is wrong, in the order of the file.
func Parse(file string, content []byte) (Source, error) {
	r := &reader{file: file, places: map[string]Position{}}
	root, ok := r.syntax(content)
	if !ok {
		return Source{}, r.findings
	}
	if what, is := foreign(root); is {
		r.failf(positionOf(root), "", "this is "+what+", not a ladder", openALadder)
		return Source{}, r.findings
	}
	tree := r.value(root, "", 0)
	source := Source{File: file, places: r.places, root: root}
	if len(r.findings) > 0 {
		return Source{}, inOrder(r.findings)
	}
	if findings := source.Locate(check(tree)); len(findings) > 0 {
		return Source{}, inOrder(findings)
	}
	if err := root.Decode(&source.Document); err != nil {
		return Source{}, Findings{{File: file, Line: 1, Column: 1, Message: "the file cannot be read: " + err.Error(), Fix: "compare it with the schema of ladder files"}}
	}
	source.Document.normalise()
	if findings := source.Locate(Validate(source.Document)); len(findings) > 0 {
		return Source{}, inOrder(findings)
	}
	return source, nil
}

const openALadder = "open a ladder file; it begins with framework: and has tracks and competencies"

// reader turns the nodes of a file into plain values and collects every error
// with its place, instead of stopping at the first.
type reader struct {
	file     string
	findings Findings
	places   map[string]Position
}

func (r *reader) failf(at Position, path, message, fix string) {
	r.findings = append(r.findings, Finding{File: r.file, Line: at.Line, Column: at.Column, Path: path, Message: message, Fix: fix})
}

func (r *reader) syntax(content []byte) (*yaml.Node, bool) {
	start := Position{Line: 1, Column: 1}
	if len(content) > MaxFileBytes {
		r.failf(longestLine(content), "", "the file is too large for a ladder; this is its longest line", "keep the file under 4 MB")
		return nil, false
	}
	if line := notText(content); line > 0 {
		r.failf(Position{Line: line, Column: 1}, "", "the line is not UTF-8 text", "save the file as UTF-8")
		return nil, false
	}
	if line := tooDeep(content); line > 0 {
		r.failf(Position{Line: line, Column: 1}, "", "too many brackets or indents are open", "write lists and blocks on their own lines")
		return nil, false
	}
	decoder := yaml.NewDecoder(bytes.NewReader(content))
	var file, more yaml.Node
	err := decoder.Decode(&file)
	switch {
	case errors.Is(err, io.EOF) || err == nil && len(file.Content) == 0:
		r.failf(start, "", "the file is empty", "start with: framework: …")
	case err != nil:
		at, message := syntaxError(err)
		r.failf(at, "", "not valid YAML: "+message, "check indentation, colons and quotation marks near this place")
	case !errors.Is(decoder.Decode(&more), io.EOF):
		if what, is := foreign(file.Content[0]); is {
			r.failf(start, "", "this is "+what+", not a ladder", openALadder)
			return nil, false
		}
		at := start
		if len(more.Content) > 0 {
			at = positionOf(more.Content[0])
		}
		r.failf(at, "", "the file holds more than one document", "keep one ladder per file")
	default:
		return file.Content[0], true
	}
	return nil, false
}

var errorLine = regexp.MustCompile(`^yaml: (?:line (\d+): )?(.*)$`)

func syntaxError(err error) (Position, string) {
	at := Position{Line: 1, Column: 1}
	parts := errorLine.FindStringSubmatch(strings.SplitN(err.Error(), "\n", 2)[0])
	if parts == nil {
		return at, err.Error()
	}
	if n, err := strconv.Atoi(parts[1]); err == nil {
		at.Line = n
	}
	return at, parts[2]
}

// longestLine is the position of the longest line.
func longestLine(content []byte) Position {
	at, number, most := Position{Line: 1, Column: 1}, 0, 0
	for line := range bytes.Lines(content) {
		number++
		if len(line) > most {
			at.Line, most = number, len(line)
		}
	}
	return at
}

// notText returns the first line that is not UTF-8, or 0.
func notText(content []byte) int {
	if utf8.Valid(content) {
		return 0
	}
	number := 0
	for line := range bytes.Lines(content) {
		number++
		if !utf8.Valid(line) {
			return number
		}
	}
	return number
}

// tooDeep returns the first line at which too many brackets or list marks are
// open, or 0: the parser would take too long with them.
func tooDeep(content []byte) int {
	open, number := 0, 0
	for line := range bytes.Lines(content) {
		number++
		open += bytes.Count(line, []byte("[")) + bytes.Count(line, []byte("{"))
		open -= bytes.Count(line, []byte("]")) + bytes.Count(line, []byte("}"))
		if open > 20*maxDepth || bytes.Count(line, []byte("- ")) > 10*maxDepth || bytes.Count(line, []byte("? ")) > 10*maxDepth {
			return number
		}
	}
	return 0
}

// value is the node as maps, lists, texts, numbers and flags.
func (r *reader) value(node *yaml.Node, path string, depth int) any {
	at := positionOf(node)
	r.places[path] = at
	switch {
	case depth > maxDepth:
		r.failf(at, path, "the blocks are nested too deeply", "no ladder needs more than a few levels of indentation")
	case node.Kind == yaml.AliasNode || node.Anchor != "":
		r.failf(at, path, "anchors and aliases are not supported", "write the text in full")
	case node.Kind == yaml.MappingNode:
		return r.mapping(node, path, depth)
	case node.Kind == yaml.SequenceNode:
		list := make([]any, 0, len(node.Content))
		for i, entry := range node.Content {
			list = append(list, r.value(entry, path+"/"+strconv.Itoa(i), depth+1))
		}
		return list
	default:
		return r.scalar(node, path)
	}
	return nil
}

func (r *reader) mapping(node *yaml.Node, path string, depth int) map[string]any {
	values := make(map[string]any, len(node.Content)/2)
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		if key.Kind != yaml.ScalarNode || key.Tag == "!!merge" {
			r.failf(positionOf(key), path, "a key must be a plain word", "write it as: key: value")
			continue
		}
		if _, twice := values[key.Value]; twice {
			r.failf(positionOf(key), path, fmt.Sprintf("the key %q is repeated", key.Value), "keep one of the two")
			continue
		}
		at := path + "/" + key.Value
		values[key.Value] = r.value(value, at, depth+1)
		if value.Kind == yaml.MappingNode || value.Kind == yaml.SequenceNode {
			r.places[at] = positionOf(key)
		}
		r.places[at+keyMark] = positionOf(key)
	}
	return values
}

// keyMark follows the path of a value to mean the place of its key.
const keyMark = "\x00"

func (r *reader) scalar(node *yaml.Node, path string) any {
	at := positionOf(node)
	switch node.Tag {
	case "!!null":
		return nil
	case "!!int", "!!float":
		if number, err := strconv.ParseFloat(node.Value, 64); err == nil {
			return number
		}
	case "!!bool":
		return node.Value == "true"
	}
	r.readable(node.Value, at, path)
	return node.Value
}

// Some scripts and pictograms are written with joiners between their letters;
// Latin ones never are.
const (
	zeroWidthNonJoiner = '\u200c'
	zeroWidthJoiner    = '\u200d'
	lastLatin          = '\u024f'
)

// readable refuses what readers cannot see and what browsers would run.
func (r *reader) readable(text string, at Position, path string) {
	before := rune(0)
	for _, c := range text {
		joins := (c == zeroWidthJoiner || c == zeroWidthNonJoiner) && before > lastLatin
		before = c
		if c != '\n' && c != '\t' && (!unicode.IsPrint(c) || c == unicode.ReplacementChar) && !unicode.IsSpace(c) && !joins {
			r.failf(at, path, fmt.Sprintf("the text has an invisible character (U+%04X)", c), "type the text again, or paste it without formatting")
			break
		}
	}
	if tag := htmlTag(text); tag != "" {
		r.failf(at, path, fmt.Sprintf("the text has HTML (%s)", tag), "write plain text or Markdown")
	}
	if strings.Contains(strings.ToLower(strings.Join(strings.Fields(text), "")), "](javascript:") {
		r.failf(at, path, "the text has a link that runs a script", "link to a page that starts with https://")
	}
}

var tagPattern = regexp.MustCompile(`</?([A-Za-z][A-Za-z0-9]*)[^<>]*>?`)

// htmlTag returns the first HTML element in the text. What only looks like one,
// such as List<String>, does not count.
func htmlTag(text string) string {
	for _, found := range tagPattern.FindAllStringSubmatch(text, -1) {
		if atom.Lookup([]byte(strings.ToLower(found[1]))) != 0 {
			return "<" + found[1] + ">"
		}
	}
	return ""
}

func positionOf(node *yaml.Node) Position {
	return Position{Line: max(1, node.Line), Column: max(1, node.Column)}
}

// normalise folds the white space of texts that are one sentence, and keeps the
// paragraphs of long ones.
func (d *Document) normalise() {
	fold(&d.Name, &d.Summary)
	d.Changes = paragraphs(d.Changes)
	for _, track := range d.Tracks {
		for i := range track.Levels {
			level := &track.Levels[i]
			fold(&level.Title, &level.ShortTitle)
			level.Summary = paragraphs(level.Summary)
			foldAll(level.Notes)
		}
	}
	for i := range d.Competencies {
		c := &d.Competencies[i]
		fold(&c.Name, &c.Short, &c.AppliesTo)
		c.Description = paragraphs(c.Description)
		for j := range c.Descriptors {
			c.Descriptors[j].Narrative = paragraphs(c.Descriptors[j].Narrative)
			foldAll(c.Descriptors[j].Criteria)
		}
	}
	for code, scale := range d.Scales {
		scale.Points = slices.Clone(scale.Points)
		for i := range scale.Points {
			scale.Points[i].Point = i
			fold(&scale.Points[i].Label, &scale.Points[i].Meaning)
		}
		d.Scales[code] = scale
	}
}

func foldAll(criteria []Criterion) {
	for i := range criteria {
		fold(&criteria[i].Text)
	}
}

func fold(texts ...*string) {
	for _, text := range texts {
		*text = strings.Join(strings.Fields(*text), " ")
	}
}

// paragraphs drops white space at the ends of lines and of the text.
func paragraphs(text string) string {
	lines := strings.Split(text, "\n")
	for i := range lines {
		lines[i] = strings.TrimRightFunc(lines[i], unicode.IsSpace)
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}
