using Support.Reports.Documents;

namespace Support.Tests.Reports.Renderers;

/// <summary>What a server, a file or a person may have put where a text is expected.</summary>
internal static class HostileTexts
{
    internal static readonly string[] All =
    [
        "",
        " ",
        "plain text, 100 %",
        "a|b|c || d \\| e \\",
        "`code` ``more`` ``` fence",
        "<script>alert('x')</script> <img src=x onerror=alert(1)> &lt; &amp; ]]> -->",
        "[a](javascript:alert(1)) ![i](http://evil.example/x.png) [ref]: http://evil.example <http://evil.example>",
        "https://evil.example/a?b=c&d=e http://evil.example www.evil.example",
        "ftp://evil.example a@evil.example mailto:a@evil.example HTTPS://evil.example WWW.evil.example",
        "@octocat @org/team see #123 GH-123 org/repo#4",
        "*star* **strong** _under_ __more__ ~~gone~~ ~sub~ $math$ CAPACITY_TARGET_URL snake_case",
        "# heading",
        "ends in # ##",
        "- item",
        "+ item",
        "1. item",
        "2) item",
        "> quote",
        "--- ",
        "=== ",
        "    indented",
        "| cell |",
        "[ ] task",
        ":---:",
        "first\nsecond\r\nthird\u2028fourth\u2029fifth\n\n# sixth\n```\n",
        "\u001b[31mred\u001b[0m \u0007 \0 \u009b31m \u202ertl\u202c \u200bzero\u200d\ufeff",
        "lone \ud800 surrogate \ufffe \uffff",
        "日本語のテキスト " + new string('漢', 200),
        new string('x', 500),
        string.Join(' ', Enumerable.Repeat("word", 100)),
        "{{body}} {{title}} {{style}} {0} $1 $& </title></style></script>",
        "e\u0301\u0301\u0301 👩‍👩‍👧 🏳️‍🌈",
    ];

    /// <summary>A document that has a text in every place where one can be.</summary>
    internal static Document Everywhere(string text) =>
        new(
            text,
            [
                new Block.Heading(1, text),
                new Block.Banner(Tone.Warning, text, text),
                new Block.Figures([
                    new(text, text, text, Tone.Good, IsKey: true),
                    new(text, Text.Code(text), Text.Strong(text), Tone.Bad),
                ]),
                new Block.Paragraph(text),
                new Block.Paragraph(Text.Code(text) + text + Text.Strong(text) + Text.Link(text, text)),
                new Block.Callout(Tone.Bad, text),
                new Block.Bullets([text, Text.Strong(text)]),
                new Block.Bullets([text, Text.Code(text)], IsNumbered: true),
                new Block.Heading(2, text),
                new Block.Table(
                    [new(text), new(text, IsNumber: true)],
                    [new([text, Text.Code(text)], Tone.Skipped), new([Text.Strong(text), text])],
                    text),
                new Block.Code(text, text),
                new Block.Picture(
                    new BarChart(
                        text,
                        text,
                        new(text, text),
                        [new(text, [new(text, 1, text)]) { Text = text, Marks = [new(text, 1, 1, text)] }])
                    {
                        Marks = [new(1, text)],
                        Note = text,
                    }),
                new Block.Picture(
                    new LineChart(
                        text,
                        text,
                        new(text) { Ticks = [new(1, text)] },
                        new(text, text),
                        [new(text, [new(1, 1, text)])])
                    {
                        Marks = [new(1, text), new(1, text, IsVertical: true)],
                        Note = text,
                    }),
                new Block.Details(
                    Text.Code(text) + text,
                    [new Block.Paragraph(text), new Block.Heading(3, text), new Block.Code(text)]),
                new Block.Appendix(text, [new Block.Heading(2, text), new Block.Paragraph(text)]),
            ]);
}
