using System.Text.Json;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using NUnit.Framework;
using Support.Reports;
using Support.Reports.Files;
using Support.Tests.Docs;

namespace Support.Tests.Reports;

/// <summary>
/// The sample is of a real run (<c>.ci/checks/examples.mjs</c>), so its numbers are nobody's to compare; but it has the
/// form that the code writes today.
/// </summary>
public sealed partial class SampleFolderTests
{
    private static readonly CapacityReport Alike = SampleReports.LimitFound();

    private static readonly string[] Files = ["capacity.html", "capacity.json", "capacity.md", "junit.xml"];

    private static readonly string[] OfNames = [".settings", ".failures", ".examples"];

    [Test]
    public void Every_format_that_the_code_writes_is_in_the_sample_and_nothing_else() => Assert.That(
        Directory.EnumerateFiles(Path.Combine(Documents.Root, "reports/sample")).Select(Path.GetFileName),
        Is.EquivalentTo(Files).And.EquivalentTo(ReportWriter.Formats.Select(format => format.FileName)));

    [Test]
    public void The_samples_data_is_of_this_version_and_has_the_keys_that_the_code_writes()
    {
        using var sample = JsonDocument.Parse(Sample("capacity.json"));
        using var written = JsonDocument.Parse(Written("capacity.json"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(sample.RootElement.GetProperty("schemaVersion").GetString(),
                Is.EqualTo(CapacityReport.SchemaVersion));
            Assert.That(sample.RootElement.GetProperty("run").GetProperty("version").GetString(),
                Is.EqualTo(typeof(CapacityReport).Assembly.GetName().Version!.ToString(3)));
            Assert.That(Missing(sample.RootElement, written.RootElement, ""), Is.Empty);
        }
    }

    [Test]
    public void The_sample_has_every_heading_and_column_that_the_code_writes_for_such_a_run() => Assert.That(
        Headings(Sample("capacity.md")), Is.SupersetOf(Headings(Written("capacity.md"))));

    [Test]
    public void The_samples_page_has_the_sections_of_its_markdown_and_todays_style()
    {
        var (sample, written) = (Sample("capacity.html"), Written("capacity.html"));
        using (Assert.EnterMultipleScope())
        {
            Assert.That(Matches(SectionTitles(), sample), Is.SupersetOf(Matches(SectionTitles(), written)));
            Assert.That(Style().Match(sample).Value, Is.EqualTo(Style().Match(written).Value));
        }
    }

    [Test]
    public void The_samples_test_suites_are_those_that_the_code_writes() => Assert.That(
        Suites(Sample("junit.xml")), Is.EqualTo(Suites(Written("junit.xml"))));

    private static string Sample(string file) => Documents.Text($"reports/sample/{file}");

    private static string Written(string file) =>
        ReportWriter.Formats.Single(format => format.FileName == file).Render(Alike);

    // As in steps[].connectMilliseconds.p50, where both have a value there. The names of settings and failure classes
    // are values that happen to be keys.
    private static IEnumerable<string> Missing(JsonElement sample, JsonElement written, string path) =>
        (sample.ValueKind, written.ValueKind) switch
        {
            (JsonValueKind.Object, JsonValueKind.Object) when !OfNames.Any(path.EndsWith) =>
                written.EnumerateObject().SelectMany(key => sample.TryGetProperty(key.Name, out var there)
                    ? Missing(there, key.Value, $"{path}.{key.Name}")
                    : [$"{path}.{key.Name}"]),
            (JsonValueKind.Array, JsonValueKind.Array) => sample.EnumerateArray().Take(1).SelectMany(_ =>
                written.EnumerateArray().SelectMany(item =>
                    Missing(sample.EnumerateArray().First(), item, $"{path}[]"))).Distinct(),
            _ => [],
        };

    private static IEnumerable<string> Headings(string markdown) =>
        HeadingLines().Matches(markdown).Select(line => Digits().Replace(line.Value, "0")).Distinct();

    private static string[] Matches(Regex regex, string text) =>
        [.. regex.Matches(text).Select(match => match.Groups[1].Value)];

    private static string[] Suites(string xml) =>
        [.. XDocument.Parse(xml).Descendants("testsuite").Select(suite => suite.Attribute("name")!.Value)];

    [GeneratedRegex(@"^#+ .*|^\| .*(?=\n\| ?-)", RegexOptions.Multiline)]
    private static partial Regex HeadingLines();

    [GeneratedRegex(@"\d[\d,]*")]
    private static partial Regex Digits();

    [GeneratedRegex("<section id=\"([a-z-]+)\"")]
    private static partial Regex SectionTitles();

    [GeneratedRegex("<style>.*?</style>", RegexOptions.Singleline)]
    private static partial Regex Style();
}
