using System.Text.RegularExpressions;
using NUnit.Framework;

namespace Support.Tests.HouseRules;

/// <summary>Small files, short methods.</summary>
internal sealed partial class SizeTests
{
    private const int MostLines = 400;
    private const int MostColumns = 120;
    private const int MostLinesOfAMethod = 40;
    private const int MostLinesOfATest = 60;

    [Test]
    public void No_file_has_more_than_400_lines() => Assert.That(
        Sources.Code.Where(source => source.Lines.Length > MostLines)
            .Select(source => $"{source.Path}: {source.Lines.Length} lines"), Is.Empty);

    [Test]
    public void No_line_has_more_than_120_columns() => Assert.That(
        Sources.Code.SelectMany(source => LongLines(source.Text).Select(line => $"{source.Path}:{line}")), Is.Empty);

    [Test]
    public void A_long_line_is_seen_but_in_a_text_of_its_own_lines()
    {
        var longLine = new string('x', MostColumns + 1);
        Assert.That(
            LongLines($"short\n{longLine}\nvar a = \"\"\"\n    {longLine}\n    \"\"\";\n// {longLine}\n"),
            Is.EqualTo([2, 6]));
    }

    [Test]
    public void No_method_has_more_than_40_lines_and_no_test_more_than_60() => Assert.That(
        Sources.Code.SelectMany(source => Methods(source.Text)
            .Where(method => method.Lines > (source.Project == "Support.Tests" ? MostLinesOfATest : MostLinesOfAMethod))
            .Select(method => $"{source.Path}: {method.Head}: {method.Lines} lines")),
        Is.Empty);

    [Test]
    public void A_long_method_is_seen()
    {
        var body = string.Concat(Enumerable.Repeat("        Call();\n", 39));
        var source = $"class A\n{{\n    public void Long(int a,\n        int b)\n    {{\n{body}    }}\n\n    private "
            + $"static int Short() => 1;\n\n    class B\n    {{\n{body}{body}    }}\n}}\n";
        Assert.That(Methods(source), Is.EqualTo([("int b)", 41)]));
    }

    // What stands between the quotes of a raw text is another language, or a capture.
    private static IEnumerable<int> LongLines(string text) =>
        RawTexts().Replace(text, raw => new('\n', raw.Value.Count(c => c == '\n')))
            .Split('\n').Index().Where(line => line.Item.Length > MostColumns).Select(line => line.Index + 1);

    // A body stands at the depth of its member: from the line of its opening brace to that of the closing one. Types
    // inside types are none, nor is a list of test cases, which is a table.
    private static List<(string Head, int Lines)> Methods(string text)
    {
        var lines = SourceText.WithoutCommentsAndTexts(text).Split('\n');
        var found = new List<(string, int)>();
        for (var start = 1; start < lines.Length; start++)
        {
            if (lines[start].Trim() != "{"
                || lines[start][0] != ' ' || !Heads().IsMatch(lines[start - 1])
                || Types().IsMatch(lines[start - 1]) || lines[start - 1].Contains("IEnumerable<"))
                continue;
            var end = Array.FindIndex(
                lines, start, line => line.StartsWith(lines[start][..^1] + "}", StringComparison.Ordinal));
            if (end > start)
                found.Add((lines[start - 1].Trim(), end - start + 1));
        }

        return found;
    }

    [GeneratedRegex(""""("{3,})\n[\s\S]*?\n *\1"""")]
    private static partial Regex RawTexts();

    // The end of a parameter list, with what may follow it.
    [GeneratedRegex(@"\)\s*(:.*|where.*)?\s*$|^\s+where ")]
    private static partial Regex Heads();

    [GeneratedRegex(
        @"\b(class|struct|record|interface)\b|^\s*(if|for|foreach|while|switch|using|lock|fixed|catch|else)\b")]
    private static partial Regex Types();
}
