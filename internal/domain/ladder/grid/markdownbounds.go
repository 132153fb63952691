package grid

import (
	"bytes"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"
)

// The work of a Markdown parser grows with the square of these, so a page that
// goes beyond them is refused: it is no text that somebody wrote.
const (
	maxNesting    = 40  // quotations, lists and their points inside each other
	maxMarks      = 600 // beginnings of links, bold text and the like in one text
	maxReferences = 600 // lines of one paragraph, of which links may be defined
)

// parse reads the blocks and texts of the page within the bounds.
func (m *markdown) parse() ast.Node {
	bounded := parser.NewParser(
		parser.WithBlockParsers(wrapped(parser.DefaultBlockParsers(), func(p parser.BlockParser) any {
			if bytes.ContainsAny(p.Trigger(), ">+") { // quotations, lists and their points
				return container{p, m}
			}
			return p
		})...),
		parser.WithInlineParsers(wrapped(parser.DefaultInlineParsers(), func(p parser.InlineParser) any {
			return &marks{InlineParser: p, markdown: m}
		})...),
		parser.WithParagraphTransformers(wrapped(parser.DefaultParagraphTransformers(), func(p parser.ParagraphTransformer) any {
			return references{p, m}
		})...),
	)
	return goldmark.New(goldmark.WithParser(bounded), goldmark.WithExtensions(extension.Table)).Parser().Parse(text.NewReader(m.source))
}

func wrapped[P any](parsers []util.PrioritizedValue, in func(P) any) []util.PrioritizedValue {
	for i, p := range parsers {
		if own, ok := p.Value.(P); ok {
			parsers[i].Value = in(own)
		}
	}
	return parsers
}

// beyond refuses the page once for each line.
func (m *markdown) beyond(reader text.Reader, fix, message string) {
	_, at := reader.PeekLine()
	line := m.line(max(0, at.Start))
	if !m.refused[line] {
		m.refused[line] = true
		m.failf(line, 1, fix, "%s", message)
	}
}

// container is a parser of blocks that hold other blocks.
type container struct {
	parser.BlockParser
	markdown *markdown
}

// Open implements parser.BlockParser.
func (c container) Open(parent ast.Node, reader text.Reader, pc parser.Context) (ast.Node, parser.State) {
	node, state := c.BlockParser.Open(parent, reader, pc)
	if node != nil && len(pc.OpenedBlocks()) > maxNesting {
		c.markdown.beyond(reader, "write them side by side", "more than 40 quotations and points are inside each other")
		return nil, parser.NoChildren
	}
	return node, state
}

// marks counts what a parser of texts begins in one of them.
type marks struct {
	parser.InlineParser
	markdown *markdown
	begun    int
}

// Parse implements parser.InlineParser.
func (k *marks) Parse(parent ast.Node, block text.Reader, pc parser.Context) ast.Node {
	if k.begun++; k.begun > maxMarks {
		k.markdown.beyond(block, "split it into paragraphs with an empty line between them", "a text has more than 600 links, bold words or other marks")
		return nil
	}
	return k.InlineParser.Parse(parent, block, pc)
}

// CloseBlock implements parser.CloseBlocker.
func (k *marks) CloseBlock(parent ast.Node, block text.Reader, pc parser.Context) {
	k.begun = 0
	if closer, ok := k.InlineParser.(parser.CloseBlocker); ok {
		closer.CloseBlock(parent, block, pc)
	}
}

// references finds definitions of links in paragraphs.
type references struct {
	parser.ParagraphTransformer
	markdown *markdown
}

// Transform implements parser.ParagraphTransformer.
func (r references) Transform(node *ast.Paragraph, reader text.Reader, pc parser.Context) {
	if node.Lines().Len() > maxReferences && r.markdown.source[node.Lines().At(0).Start] == '[' {
		line := r.markdown.line(node.Lines().At(0).Start)
		r.markdown.failf(line, 1, "put an empty line between them", "more than 600 addresses of links are defined without an empty line")
		return
	}
	r.ParagraphTransformer.Transform(node, reader, pc)
}
