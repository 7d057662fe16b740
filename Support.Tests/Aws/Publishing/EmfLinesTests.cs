using System.Text;
using System.Text.Json;
using Amazon.CloudWatch;
using NUnit.Framework;
using Support.Aws.Metrics;
using Support.Tests.Reports;

namespace Support.Tests.Aws.Publishing;

internal sealed class EmfLinesTests
{
    private static readonly HashSet<string> Units =
        [.. typeof(StandardUnit).GetFields().Select(field => ((StandardUnit)field.GetValue(null)!).Value)];

    private static IEnumerable<MetricSet> Sets(string report) =>
        SampleReports.All[report].Steps
            .Select(MetricSets.OfStep).Append(MetricSets.OfVerdict(SampleReports.All[report])).OfType<MetricSet>();

    [TestCaseSource(typeof(SampleReports), nameof(SampleReports.Names))]
    public void Every_line_keeps_the_specification(string report)
    {
        foreach (var set in Sets(report))
        {
            var line = EmfLines.Of(set, MetricSources.Of())!;
            using (Assert.EnterMultipleScope())
            {
                Assert.That(line, Does.EndWith("}\n").And.StartWith("{\"_aws\":{\"Timestamp\":"));
                Assert.That(line.TrimEnd('\n'), Does.Not.Contain("\n"));
                Assert.That(Encoding.UTF8.GetByteCount(line), Is.LessThanOrEqualTo(EmfLines.MostBytes));
                Assert.That(Violations(line), Is.Empty, line);
            }
        }
    }

    [Test]
    public void A_step_is_one_object_with_its_metrics_dimensions_and_properties()
    {
        using var document = JsonDocument.Parse(
            EmfLines.Of(Sets("LimitFound").ElementAt(5), MetricSources.Of("Team/Chat"))!);
        var line = document.RootElement;
        var directive = line.GetProperty("_aws").GetProperty("CloudWatchMetrics")[0];

        using (Assert.EnterMultipleScope())
        {
            Assert.That(
                line.GetProperty("_aws").GetProperty("Timestamp").GetInt64(),
                Is.EqualTo(SampleReports.Started.AddSeconds(24).AddSeconds(1.47).ToUnixTimeMilliseconds()));
            Assert.That(directive.GetProperty("Namespace").GetString(), Is.EqualTo("Team/Chat"));
            Assert.That(
                directive.GetProperty("Dimensions")[0].EnumerateArray().Select(name => name.GetString()),
                Is.EqualTo(new[] { "Cluster", "Service", "TaskSize", "Profile" }));
            Assert.That(
                directive.GetProperty("Metrics")
                    .EnumerateArray().Select(metric => metric.GetProperty("StorageResolution").GetInt32()),
                Is.All.EqualTo(1),
                "several steps end in one minute");
            Assert.That(line.GetProperty("TaskSize").GetString(), Is.EqualTo("256/512"));
            Assert.That(line.GetProperty("Held").GetDouble(), Is.EqualTo(350));
            Assert.That(line.GetProperty("Sessions").GetInt32(), Is.EqualTo(500));
            Assert.That(line.GetProperty("RunId").GetString(), Is.EqualTo("20261115T093012Z-4f2a1c"));
            Assert.That(line.GetProperty("Target").GetString(), Is.EqualTo("wss://chat.example.com/socket?token=***"));
        }
    }

    [Test]
    public void A_line_is_one_write_even_where_every_name_is_as_long_as_it_may_be()
    {
        var longest = new string('n', 255);
        var source = new MetricSource(
            longest, new(longest, longest, longest, longest), longest, new string('\u20ac', 5000));
        var line = EmfLines.Of(Sets("LimitFound").First(), source)!;

        using (Assert.EnterMultipleScope())
        {
            Assert.That(Encoding.UTF8.GetByteCount(line), Is.LessThanOrEqualTo(4096));
            Assert.That(Violations(line), Is.Empty);
        }
    }

    [TestCase("de-DE")]
    [TestCase("ar-SA")]
    [TestCase("sv-SE")]
    public void A_culture_changes_no_line(string culture)
    {
        var set = Sets("EightSteps").Last();
        Assert.That(
            Culture.In(culture, () => EmfLines.Of(set, MetricSources.Of())),
            Is.EqualTo(Culture.In("", () => EmfLines.Of(set, MetricSources.Of()))));
    }

    [Test]
    public void The_check_sees_what_breaks_the_specification() => Assert.That(
        Violations("""{"_aws":{"Timestamp":1.5,"CloudWatchMetrics":[{"Namespace":"","Dimensions":[["Cluster"]]"""
            + ""","Metrics":[{"Name":"Held","Unit":"connections"}]}]},"Held":"350"}"""),
        Has.Length.EqualTo(5));

    // CloudWatch user guide, "Embedded metric format specification", its JSON schema and its text.
    private static string[] Violations(string text)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        var head = root.GetProperty("_aws");
        return
        [
            .. Where(
                head.GetProperty("Timestamp").TryGetInt64(out var _), "Timestamp is no whole number of milliseconds"),
            .. head.GetProperty("CloudWatchMetrics")
            .EnumerateArray().SelectMany(directive => OfDirective(directive, root)),
        ];
    }

    private static IEnumerable<string> OfDirective(JsonElement directive, JsonElement root)
    {
        var sets = directive.GetProperty("Dimensions").EnumerateArray().ToArray();
        var metrics = directive.GetProperty("Metrics").EnumerateArray().ToArray();
        return
        [
            .. Where(directive.GetProperty("Namespace").GetString() is { Length: > 0 and <= 1024 }, "Namespace"),
            .. Where(sets.Length > 0 && sets.All(set => set.GetArrayLength() is > 0 and <= 30), "Dimensions"),
            .. sets.SelectMany(set => set.EnumerateArray()).SelectMany(name =>
                Where(root.TryGetProperty(name.GetString()!, out var value)
                    && value.GetString() is { Length: > 0 and <= 1024 }, $"dimension {name}")),
            .. Where(metrics.Length is > 0 and <= 100, "Metrics"),
            .. metrics.SelectMany(
                metric => Where(Units.Contains(metric.GetProperty("Unit").GetString()!), $"unit of {metric}")),
            .. metrics.SelectMany(metric => Where(
                root.TryGetProperty(metric.GetProperty("Name").GetString()!, out var value)
                && value.ValueKind == JsonValueKind.Number, $"value of {metric}")),
        ];
    }

    private static string[] Where(bool good, string what) => good ? [] : [what];
}
