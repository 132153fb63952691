package grid

import (
	"bytes"
	"cmp"
	"path"
	"slices"
	"strings"
)

// Input is one of the files that make a ladder.
type Input struct {
	Name    string
	Content []byte
	Level   string // that the whole file is about, as a person said; else Rung guesses
}

// FileLevel is what level a file is about; it is empty if the file has several.
type FileLevel struct {
	Name  string `json:"name"`
	Level string `json:"level,omitempty"`
}

// MaxFiles is more than any ladder has levels.
const MaxFiles = 60

// ReadAll is Read for several files: one for each level, or with several levels
// in each.
func ReadAll(files []Input, options Options) (Table, error) {
	r := &reader{table: Table{File: files[0].Name, options: options}}
	if len(files) > 1 {
		r.table.File = cmp.Or(strings.Trim(path.Dir(strings.ReplaceAll(files[0].Name, `\`, "/")), "./"), "Ladder")
	}
	blocks := make([][]block, len(files))
	before := 0
	for i, f := range files {
		r.file = f.Name
		blocks[i] = r.blocks(f.Content)
		if len(files) > 1 {
			r.table.files = append(r.table.files, started{f.Name, before})
			shift(blocks[i], before)
			for w := range r.table.Warnings {
				if r.table.Warnings[w].File == f.Name {
					r.table.Warnings[w].Line += before
				}
			}
			before += 1 + bytes.Count(f.Content, []byte("\n")) + bytes.Count(f.Content, []byte("\r")) + lastLine(blocks[i])
		}
	}
	r.file = ""
	r.arrange(files, blocks)
	return r.result()
}

func (r *reader) blocks(content []byte) []block {
	switch {
	case htmlFile(r.file, content):
		return r.hypertext(content)
	case markdownFile(r.file, content):
		return r.markdown(content)
	}
	return r.cells(content)
}

// lastLine bounds the lines of a workbook, which are not lines of its text.
func lastLine(blocks []block) int {
	last := 0
	for _, b := range blocks {
		for _, row := range b.rows {
			last = max(last, row[0].line)
		}
	}
	return last
}

// shift numbers the lines of a file after those of the files before it.
func shift(blocks []block, by int) {
	for i := range blocks {
		blocks[i].line += by
		for _, row := range blocks[i].rows {
			for j := range row {
				row[j].line += by
			}
		}
	}
}

// arrange puts the files of one level below the names of their levels and reads
// them as one page; a file with several levels is read as it is.
func (r *reader) arrange(files []Input, blocks [][]block) {
	r.table.levels = r.table.options.levels(nil)
	files = slices.Clone(files)
	var page []block
	whole := len(files) == 1 && files[0].Level == ""
	for i := range files {
		if files[i].Level == "" && (whole || r.severalLevels(blocks[i])) {
			continue
		}
		files[i].Level = cmp.Or(oneLine(files[i].Level), levelOf(files[i].Name, blocks[i]))
		page = append(page, below(files[i].Level, blocks[i])...)
	}
	r.table.levels = r.table.options.levels(files)
	if len(page) > 0 {
		r.outline(page)
		r.table.Title = ""
	}
	r.unknownLevels(blocks)
	for i, f := range files {
		if len(files) > 1 {
			r.table.Files = append(r.table.Files, FileLevel{f.Name, f.Level})
		}
		if f.Level == "" {
			r.outline(blocks[i])
		}
	}
}

// unknownLevels reports levels that a person named and no file has.
func (r *reader) unknownLevels(blocks [][]block) {
	known := map[string]bool{}
	for _, b := range slices.Concat(blocks...) {
		known[keyOf(b.lead)] = true
		if b.kind == headingBlock {
			r.toChoose(b.text, known)
		}
		for i, row := range b.rows {
			for j, c := range row {
				if i == 0 && !c.blank() {
					r.toChoose(c.text, known)
				}
				if i < headerLines || j == 0 {
					known[keyOf(c.text)] = true
				}
			}
		}
	}
	for _, level := range r.table.options.Levels {
		if !known[keyOf(level)] {
			r.failf(1, 1, "choose from: "+strings.Join(r.headings, ", "), "no heading or header is called %q", level)
		}
	}
}

// toChoose keeps the first headings, from which a person can choose levels.
func (r *reader) toChoose(text string, known map[string]bool) {
	const most = 30
	if key := keyOf(text); !known[key] {
		known[key] = true
		if len(r.headings) < most {
			r.headings = append(r.headings, short(oneLine(text), 60))
		}
	}
}

// severalLevels reports whether a file is a ladder by itself.
func (r *reader) severalLevels(blocks []block) bool {
	for _, b := range blocks {
		if b.kind == tableBlock && !r.table.levels.namesAndTexts(b.rows) {
			return true
		}
	}
	return bestReading(r.table.levels.spotsOf(blocks), false, r.table.levels) != nil
}

// levelOf guesses the level of a file from its first heading or its name.
func levelOf(file string, blocks []block) string {
	base := strings.TrimSuffix(path.Base(strings.ReplaceAll(file, `\`, "/")), path.Ext(file))
	base = oneLine(strings.NewReplacer("_", " ", "-", " ").Replace(base))
	if first := firstHeading(blocks); first >= 0 && (readLevel(blocks[first].text).sure > 0 || readLevel(base).sure == 0) {
		return blocks[first].text
	}
	return base
}

func firstHeading(blocks []block) int {
	return slices.IndexFunc(blocks, func(b block) bool { return b.kind == headingBlock })
}

// below puts a file under the name of its level, in place of its first heading if
// that is its title.
func below(level string, blocks []block) []block {
	line := 1
	if len(blocks) > 0 {
		line = blocks[0].line
	}
	out := []block{{kind: headingBlock, depth: 1, text: level, line: line, column: 1}}
	title := firstHeading(blocks)
	if title >= 0 && slices.ContainsFunc(blocks[title+1:], func(b block) bool { return b.kind == headingBlock && b.depth <= blocks[title].depth }) {
		title = -1 // one of several headings
	}
	for i, b := range blocks {
		if i == title {
			continue
		}
		if b.kind == headingBlock {
			b.depth = min(6, b.depth+1)
		}
		out = append(out, b)
	}
	return out
}
